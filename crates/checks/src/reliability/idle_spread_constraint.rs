//! A spread constraint that counts none of its own pods spreads none of them.

use finding::{Change, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Selector, Type};
use serde_json::Value;

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::controller::own_labels;

pub(crate) const CHECK: Check = Check {
    id: "idle-spread-constraint",
    title: "Spread constraint counts other pods than its own",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Object,
    peers: &[Peer::KubeScore("pod-topology-spread-constraints")],
    effort: Hours(1),
    fix: Fix::Review("Give `labelSelector` the labels by which the workload selects its pods"),
    edit: Edit::By(mend),
    cel: Cel::Refused("a selector by expressions is matched by no function of CEL"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("idle_spread_constraint.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads() {
        let all = workload.spec().get("topologySpreadConstraints");
        let all = all.into_iter().flat_map(Node::items).filter(|it| it.kind() == Type::Map);
        for constraint in all {
            let selector = constraint.get("labelSelector").filter(|it| it.kind() != Type::Null);
            let why = match selector {
                None => "has no labelSelector and counts no pod",
                Some(it) if is_open(it) => continue,
                Some(it) if !Selector::read(it).matches(workload.labels()) => {
                    "selects other pods than these"
                }
                Some(_) => continue,
            };
            let key = constraint.get("topologyKey").and_then(Node::as_text).unwrap_or("(none)");
            let message = format!("the spread constraint over {key} {why}: it spreads nothing");
            out.push(CHECK.at(&workload.place_of(constraint), message));
        }
    }
}

/// Whether a template has yet to fill in a label.
fn is_open(selector: Node<'_>) -> bool {
    let labels = selector.get("matchLabels").into_iter().flat_map(Node::entries);
    labels.map(Node::text).any(|it| it.contains(['{', '}', '<', '>', '$']))
}

/// Which labels are meant is plain where none are given.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let given = flaw.node().and_then(|it| it.get("labelSelector"));
    let is_missing = given.is_none_or(|it| it.kind() == Type::Null);
    let own = flaw.workload().filter(|_| is_missing).and_then(own_labels);
    let set = |it: Value| Change::set(flaw.below("labelSelector.matchLabels"), it.to_string());
    own.map(set).into_iter().collect()
}
