//! Without a budget, all pods of a workload may be evicted at once.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::autoscaler::{Autoscalers, SCALING};
use crate::reading::budget::Budgets;

pub(crate) const CHECK: Check = Check {
    id: "disruption-budget-missing",
    title: "All pods of a workload may be evicted at once",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Namespace,
    sees: &[kinds::POD_DISRUPTION_BUDGET, SCALING[0], SCALING[1]],
    peers: &[
        Peer::KubeScore("deployment-has-poddisruptionbudget"),
        Peer::KubeScore("statefulset-has-poddisruptionbudget"),
        Peer::Polaris("missingPodDisruptionBudget"),
    ],
    effort: Hours(1),
    fix: Fix::Safe("Add a PodDisruptionBudget with `maxUnavailable: 1` for the pods"),
    cel: Cel::Refused("the budget is another object"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::DEPLOYMENT, kinds::STATEFUL_SET]),
        include_str!("disruption_budget_missing.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let (budgets, autoscalers) = (Budgets::of(cx), Autoscalers::of(cx));
    for workload in cx.workloads().filter(|it| it.object().is(CHECK.kinds)) {
        let Some(least) = autoscalers.least(&workload).filter(|it| *it > 1) else { continue };
        if budgets.hold_for(&workload) {
            continue;
        }
        let object = workload.object();
        let message = format!(
            "{least} pods are meant to run, and no PodDisruptionBudget keeps any of them when \
             nodes are drained"
        );
        let replicas = object.get("spec.replicas").filter(|it| it.kind() == model::Type::Int);
        let path = if replicas.and_then(Node::as_i64).is_some() { "spec.replicas" } else { "spec" };
        out.push(CHECK.at(&object.place(path), message));
    }
}
