//! A container that is restarted the moment it is too busy to answer.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Container, Kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::probe::probe;

pub(crate) const CHECK: Check = Check {
    id: "identical-probes",
    title: "Container is restarted as soon as it is too busy",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Monitoring,
    scope: Scope::Object,
    peers: &[Peer::KubeScore("pod-probes-identical")],
    effort: Hours(2),
    fix: Fix::Review("Raise `failureThreshold` of the liveness probe, or ask something else"),
    cel: Cel::Refused("the time that a probe allows is computed from defaults and named ports"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("identical_probes.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers() {
        let probe = |field| probe(&container, field);
        let Some(((alive, asked), (ready, asked_too))) =
            probe("livenessProbe").zip(probe("readinessProbe"))
        else {
            continue;
        };
        if asked == asked_too && patience(alive) <= patience(ready) {
            out.push(CHECK.at(&container.place_of(alive), message(&container, alive)));
        }
    }
}

fn message(container: &Container<'_>, alive: Node<'_>) -> String {
    format!(
        "container {} is restarted after {} seconds without an answer to the question that tells \
         whether it is ready",
        container.name(),
        patience(alive)
    )
}

/// For how many seconds a probe may fail before it counts.
fn patience(probe: Node<'_>) -> i64 {
    let number = |field, default| {
        probe.get(field).and_then(Node::as_i64).filter(|it| *it > 0).unwrap_or(default)
    };
    number("periodSeconds", 10).saturating_mul(number("failureThreshold", 3))
}
