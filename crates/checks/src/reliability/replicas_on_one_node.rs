//! Pods that nothing keeps apart fall together.

use finding::{Change, Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Workload, kinds};
use serde_json::{Value, json};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::autoscaler::{Autoscalers, SCALING};
use crate::reading::controller::own_labels;

pub(crate) const CHECK: Check = Check {
    id: "replicas-on-one-node",
    title: "All pods of a workload may share one node",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Namespace,
    sees: SCALING,
    peers: &[
        Peer::KubeLinter("no-anti-affinity"),
        Peer::KubeScore("deployment-has-host-podantiaffinity"),
        Peer::KubeScore("statefulset-has-host-podantiaffinity"),
        Peer::Polaris("topologySpreadConstraint"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Add `topologySpreadConstraints` over `kubernetes.io/hostname`"),
    edit: Edit::By(mend),
    cel: Cel::Refused("how many pods run may stand in an autoscaler"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::DEPLOYMENT, kinds::STATEFUL_SET]),
        include_str!("replicas_on_one_node.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let autoscalers = Autoscalers::of(cx);
    for workload in cx.workloads().filter(|it| it.object().is(CHECK.kinds)) {
        let Some(least) = autoscalers.least(&workload).filter(|it| *it > 1) else { continue };
        if !are_kept_apart(workload) {
            let message = format!(
                "its {least} pods may share one node: only the scheduler's defaults spread them"
            );
            out.push(CHECK.at(&workload.place("topologySpreadConstraints"), message));
        }
    }
}

fn are_kept_apart(workload: Workload<'_>) -> bool {
    let anti = |kind: &str| {
        let terms = workload.spec().at("affinity.podAntiAffinity").and_then(|it| it.get(kind));
        terms.is_some_and(|it| it.items().next().is_some())
    };
    let spread = workload.spec().get("topologySpreadConstraints");
    spread.into_iter().flat_map(Node::items).next().is_some()
        || takes_port(workload)
        || anti("requiredDuringSchedulingIgnoredDuringExecution")
        || anti("preferredDuringSchedulingIgnoredDuringExecution")
}

/// A port of a node can be had once.
fn takes_port(workload: Workload<'_>) -> bool {
    let ports = workload.containers().filter_map(|it| it.node().get("ports"));
    let mut ports = ports.flat_map(Node::items);
    let on_node = workload.flag("hostNetwork");
    ports.any(|it| on_node || it.get("hostPort").and_then(Node::as_i64).is_some_and(|it| it > 0))
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let constraint = |labels: Value| {
        let constraint = json!([{
            "maxSkew": 1,
            "topologyKey": "kubernetes.io/hostname",
            "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": {"matchLabels": labels},
        }]);
        Change::set(flaw.path(), constraint.to_string())
    };
    flaw.workload().and_then(own_labels).map(constraint).into_iter().collect()
}
