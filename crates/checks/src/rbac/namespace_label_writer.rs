//! What Pod Security and policies demand of a namespace stands in its labels.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "namespace-label-writer",
    title: "Role allows to lift the rules of a namespace",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1562.001"), Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(2),
    fix: Fix::Manual("Let the platform's own controller label namespaces"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("namespace_label_writer.md"))
};

const POWER: Power = power!(
    ["patch", "update"] on Namespace "" ["namespaces"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(
        cx,
        &CHECK,
        "lift Pod Security and every policy that goes by the labels of a namespace",
        out,
    );
}
