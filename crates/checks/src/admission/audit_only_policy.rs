//! An admission policy that sees what is wrong and lets it in.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::policy_engine::{self, POLICIES};

pub(crate) const CHECK: Check = Check {
    id: "audit-only-policy",
    title: "Admission policy only tells and refuses nothing",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Nsa(check::Nsa::PodSecurity), Owasp("K04")],
    effort: Hours(4),
    fix: Fix::Review("Let the policy deny, once what it reports has been mended or excepted"),
    edit: Edit::By(policy_engine::deny),
    cel: Cel::Refused(
        "each engine says it in fields of its own, and one expression serves one kind",
    ),
    run,
    ..Check::on(Kinds::of(POLICIES), include_str!("audit_only_policy.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for policy in cx.inventory().of_any(Kinds::of(POLICIES)) {
        if let Some(place) = policy_engine::toothless(policy) {
            let message = format!("the {} {} denies nothing", policy.kind(), policy.name());
            out.push(CHECK.at(&place, message));
        }
    }
}
