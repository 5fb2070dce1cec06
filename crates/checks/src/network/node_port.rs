//! A node port opens a door on every node, beside every load balancer and log.

use finding::{Confidence, Fix, Severity};
use model::Kinds;
use model::tree::Node;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "node-port",
    title: "Service opens a port on every node",
    severity: Severity::Low,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1133"), Nsa(check::Nsa::Network), Owasp("K07")],
    peers: &[Peer::KubeScore("service-type"), Peer::Kubescape("C-0256")],
    effort: Hours(2),
    fix: Fix::Review("Use type ClusterIP behind an Ingress or a Gateway, or a load balancer"),
    cel: Cel::Exact("!has(object.spec.type) || object.spec.type != 'NodePort'"),
    run,
    ..Check::on(Kinds::SERVICES, include_str!("node_port.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for service in cx.inventory().of_any(Kinds::SERVICES) {
        if service.get("spec.type").and_then(Node::as_str) == Some("NodePort") {
            let message = "the Service is reached on every node by whoever reaches the node";
            out.push(CHECK.at(&service.place("spec.type"), message));
        }
    }
}
