//! Pods that are broken already are kept from being evicted.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings, Version};
use crate::edit::Edit;
use crate::reading::budget::Budget;
use crate::reading::selection::Pods;

pub(crate) const CHECK: Check = Check {
    id: "stuck-eviction",
    title: "Broken pods keep their node from being drained",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Namespace,
    sees: Kinds::WORKLOADS.built_in(),
    peers: &[Peer::KubeLinter("pdb-unhealthy-pod-eviction-policy")],
    effort: Hours(1),
    fix: Fix::Review("Set `unhealthyPodEvictionPolicy: AlwaysAllow`"),
    edit: Edit::Set("\"AlwaysAllow\""),
    cel: Cel::Refused("whether the pods keep data stands in other objects"),
    run,
    ..Check::on(Kinds::of(&[kinds::POD_DISRUPTION_BUDGET]), include_str!("stuck_eviction.md"))
};

const FIELD: &str = "spec.unhealthyPodEvictionPolicy";

/// The field is read since this version.
const SINCE: Version = Version { minor: 27 };

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if cx.kubernetes() < SINCE {
        return;
    }
    let pods = cx.pods();
    for budget in Budget::all(cx).filter(|it| !keeps_data(it, pods)) {
        let budget = budget.object();
        if budget.get(FIELD).and_then(Node::as_str) != Some("AlwaysAllow") {
            let message = "pods that run but are not ready may not be evicted while too few are";
            out.push(CHECK.at(&budget.place(FIELD), message));
        }
    }
}

/// Whether a budget holds for `StatefulSets`: one of their pods that is not ready may be copying data
/// that another has lost.
fn keeps_data(budget: &Budget<'_>, pods: &Pods<'_>) -> bool {
    budget.workloads(pods).iter().any(|it| it.object().kind() == "StatefulSet")
}
