//! Rules for a direction that the policy does not isolate are accepted and never read.

use finding::{Change, Confidence, Fix, Severity};
use model::tree::{Node, Type};
use model::{Kinds, Object, Place, kinds};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};

pub(crate) const CHECK: Check = Check {
    id: "policy-without-effect",
    title: "Network policy has rules that are never read",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(1),
    fix: Fix::Review("List in `policyTypes` each direction that the policy has rules for"),
    edit: Edit::By(list_directions),
    cel: Cel::Exact(
        "has(object.spec.policyTypes) && object.spec.policyTypes.size() > 0 \
         ? (!has(object.spec.ingress) || 'Ingress' in object.spec.policyTypes) \
           && (!has(object.spec.egress) || 'Egress' in object.spec.policyTypes) \
         : !has(object.spec.egress) || object.spec.egress.size() > 0",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::NETWORK_POLICY]), include_str!("policy_without_effect.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for policy in cx.inventory().of(kinds::NETWORK_POLICY) {
        for (field, name) in [("spec.ingress", "Ingress"), ("spec.egress", "Egress")] {
            if let Some((rules, message)) = judge(policy, field, name) {
                out.push(CHECK.at(&Place::of(policy, rules), message));
            }
        }
    }
}

fn judge<'a>(policy: &'a Object, field: &str, name: &str) -> Option<(Node<'a>, String)> {
    let rules = policy.get(field).filter(|it| it.kind() == Type::Seq)?;
    let types: Vec<&str> =
        policy.get("spec.policyTypes").into_iter().flat_map(Node::strings).collect();
    if !types.is_empty() {
        let message = format!("these rules are not read: policyTypes does not list {name}");
        return (!types.contains(&name)).then_some((rules, message));
    }
    let denies_nothing = name == "Egress" && rules.items().next().is_none();
    let message = "without policyTypes an empty list of egress rules denies nothing";
    denies_nothing.then(|| (rules, message.to_owned()))
}

fn list_directions(flaw: &Flaw<'_>) -> Vec<Change> {
    const TYPES: &str = "spec.policyTypes";
    let is_listed = flaw.object().get(TYPES).is_some_and(|it| it.items().next().is_some());
    vec![match (is_listed, flaw.path()) {
        (false, _) => Change::set(TYPES, "[\"Ingress\",\"Egress\"]"),
        (true, "spec.ingress") => Change::append(TYPES, "\"Ingress\""),
        (true, _) => Change::append(TYPES, "\"Egress\""),
    }]
}
