//! A policy that nothing puts in force.

use finding::{Confidence, Fix, Severity};
use model::kinds::{self, Kind};
use model::tree::Node;
use model::{Kinds, Object};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "unbound-admission-policy",
    title: "Admission policy is bound to nothing",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: &[kinds::VALIDATING_ADMISSION_POLICY_BINDING, kinds::MUTATING_ADMISSION_POLICY_BINDING],
    audience: Audience::Platform,
    frameworks: &[Nsa(check::Nsa::PodSecurity), Owasp("K04")],
    effort: Hours(1),
    fix: Fix::Review("Add a binding that names the policy, or delete the policy"),
    cel: Cel::Refused("the binding is another object"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::VALIDATING_ADMISSION_POLICY, kinds::MUTATING_ADMISSION_POLICY]),
        include_str!("unbound_admission_policy.md"),
    )
};

/// Each kind of policy with the kind that puts it in force.
const PAIRS: [(Kind, Kind); 2] = [
    (kinds::VALIDATING_ADMISSION_POLICY, kinds::VALIDATING_ADMISSION_POLICY_BINDING),
    (kinds::MUTATING_ADMISSION_POLICY, kinds::MUTATING_ADMISSION_POLICY_BINDING),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for (kind, binding) in PAIRS {
        for policy in cx.inventory().of(kind) {
            let names = |it: &Object| {
                it.get("spec.policyName").and_then(Node::as_str) == Some(policy.name())
            };
            if !cx.inventory().of(binding).any(names) {
                let name = policy.name();
                let message = format!("policy {name} is not in force: no binding names it");
                out.push(CHECK.at(&policy.place("metadata.name"), message));
            }
        }
    }
}
