//! A spread constraint that counts none of its own pods spreads none of them.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Selector, Type};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

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
    fix: Fix::Review("Set `labelSelector` to labels that the pods carry"),
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
