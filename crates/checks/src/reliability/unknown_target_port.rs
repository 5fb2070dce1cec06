//! A Service that sends to a port which no pod names answers nobody.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, Workload, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::allowance::stays;
use crate::reading::selection::selector;

pub(crate) const CHECK: Check = Check {
    id: "unknown-target-port",
    title: "Service sends to a port that no pod names",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Namespace,
    sees: Kinds::WORKLOADS.built_in(),
    peers: &[Peer::KubeLinter("invalid-target-ports")],
    effort: Hours(1),
    fix: Fix::Review("Name a port of the container, or give its number"),
    cel: Cel::Refused("the ports stand in the pods, which are other objects"),
    run,
    ..Check::on(Kinds::SERVICES, include_str!("unknown_target_port.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let pods = cx.pods();
    for service in cx.inventory().of(kinds::SERVICE) {
        let Some(selector) = selector(service) else { continue };
        let selected = || pods.selected(service.namespace(), &selector);
        if selected().next().is_none() {
            continue;
        }
        for port in service.get("spec.ports").into_iter().flat_map(Node::items) {
            let Some(target) = port.get("targetPort").filter(|it| is_name(*it)) else { continue };
            if !selected().any(|it| names(it, target.text(), protocol(port))) {
                let message = format!(
                    "no container of the selected pods names a {} port {:?}",
                    protocol(port),
                    target.text()
                );
                out.push(CHECK.at(&Place::of(service, target), message));
            }
        }
    }
}

/// Digits in quotes are taken for a number.
fn is_name(port: Node<'_>) -> bool {
    port.as_text().is_some_and(|it| !it.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Init containers that end have no ports by then.
fn names(workload: Workload<'_>, name: &str, wanted: &str) -> bool {
    let containers = workload.containers().filter(stays);
    let mut ports = containers.filter_map(|it| it.node().get("ports")).flat_map(Node::items);
    let called = |port: Node<'_>| port.get("name").and_then(Node::as_str) == Some(name);
    ports.any(|port| called(port) && protocol(port) == wanted)
}

fn protocol(port: Node<'_>) -> &str {
    port.get("protocol").and_then(Node::as_text).unwrap_or("TCP")
}
