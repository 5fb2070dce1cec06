//! A budget without an amount allows no eviction at all.

use finding::{Fix, Severity};
use model::tree::{Node, Type};
use model::{Kinds, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "empty-disruption-budget",
    title: "Disruption budget says no amount",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Object,
    peers: &[Peer::KubeScore("poddisruptionbudget-has-policy")],
    effort: Hours(1),
    fix: Fix::Review("Set `maxUnavailable: 1`"),
    edit: Edit::Set("1"),
    cel: Cel::Exact(
        "has(object.spec) && (has(object.spec.minAvailable) && object.spec.minAvailable != null \
         || has(object.spec.maxUnavailable) && object.spec.maxUnavailable != null)",
    ),
    run,
    ..Check::on(
        Kinds::of(&[kinds::POD_DISRUPTION_BUDGET]),
        include_str!("empty_disruption_budget.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for budget in cx.inventory().of(kinds::POD_DISRUPTION_BUDGET) {
        let says = |field: &str| {
            let node = budget.get("spec").and_then(|it| it.get(field));
            node.map(Node::kind).is_some_and(|it| it != Type::Null)
        };
        if !says("minAvailable") && !says("maxUnavailable") {
            let message = "it has neither minAvailable nor maxUnavailable: no eviction is allowed";
            out.push(CHECK.at(&budget.place("spec.maxUnavailable"), message));
        }
    }
}
