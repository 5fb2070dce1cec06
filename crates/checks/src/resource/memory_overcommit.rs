//! A pod that may use much more memory than it asked for lives from what others do not use.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Container, Kinds, quantity};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::allowance::{said, stays};

pub(crate) const CHECK: Check = Check {
    id: "memory-overcommit",
    title: "Memory limit is far above the request",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Scalability,
    scope: Scope::Object,
    parameters: &[Parameter {
        name: "factor",
        default: &["4"],
        about: "How many times its request a container may use as memory.",
    }],
    peers: &[
        Peer::KubeScore("container-memory-requests-equal-limits"),
        Peer::KubeScore("container-resource-requests-equal-limits"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Bring the memory request up to the limit, or the limit down to the request"),
    cel: Cel::Refused("plain CEL cannot compare quantities"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("memory_overcommit.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let factor = CHECK.words(cx, "factor").first().and_then(|it| it.parse().ok()).unwrap_or(4);
    for workload in cx.workloads() {
        let over = |it: &Container<'_>| stays(it) && is_above(it, factor);
        let Some(first) = workload.containers().find(over) else { continue };
        let text = |list| said(first.node(), list, "memory").map_or("none", Node::text);
        let message = format!(
            "container {} asks for {} of memory and may use {}",
            first.name(),
            text("requests"),
            text("limits")
        );
        out.push(CHECK.at(&first.place("resources.limits.memory"), message));
    }
}

fn is_above(container: &Container<'_>, factor: i128) -> bool {
    let amount = |list| said(container.node(), list, "memory").and_then(quantity::of);
    let (Some(request), Some(limit)) = (amount("requests"), amount("limits")) else { return false };
    request > 0 && limit > request.saturating_mul(factor)
}
