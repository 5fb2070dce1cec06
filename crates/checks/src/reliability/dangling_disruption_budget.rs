//! A budget that holds for no pod protects nothing.

use finding::{Confidence, Fix, Severity};
use model::{Kinds, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::budget::Budget;

pub(crate) const CHECK: Check = Check {
    id: "dangling-disruption-budget",
    title: "Disruption budget holds for no pod",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Namespace,
    sees: Kinds::WORKLOADS.built_in(),
    effort: Hours(1),
    fix: Fix::Review("Select the labels of the pods that are meant, or delete the budget"),
    cel: Cel::Refused("the pods are other objects"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::POD_DISRUPTION_BUDGET]),
        include_str!("dangling_disruption_budget.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let pods = cx.pods();
    for budget in Budget::all(cx) {
        let object = budget.object();
        let labels = object.get("spec.selector.matchLabels");
        let is_missed = budget.is_for_nobody() || pods.are_missed_by(object, labels);
        if is_missed && budget.workloads(pods).is_empty() {
            let message = "it selects no pod of its namespace in this input";
            out.push(CHECK.at(&object.place("spec.selector"), message));
        }
    }
}
