//! A load balancer that serves plain HTTP to the internet.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place};

use crate::check::Framework::Nsa;
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::load_balancer;

pub(crate) const CHECK: Check = Check {
    id: "load-balancer-without-tls",
    title: "Load balancer serves plain HTTP only",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Five,
    layer: Layer::Cloud,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Network)],
    peers: &[Peer::Kubescape("C-0231"), Peer::Kubescape("C-0245")],
    effort: Hours(4),
    fix: Fix::Review("Serve TLS on port 443, or put the Service behind an Ingress that does"),
    cel: Cel::Widened(
        "!has(object.spec.type) || object.spec.type != 'LoadBalancer' \
         || !has(object.spec.ports) || !object.spec.ports.exists(it, it.port in [80, 8080] \
           || has(it.name) && it.name.startsWith('http') \
           || has(it.appProtocol) && it.appProtocol == 'http')",
        "it counts neither a port for TLS nor an annotation that brings a certificate",
    ),
    run,
    ..Check::on(Kinds::SERVICES, include_str!("load_balancer_without_tls.md"))
};

/// Annotations by which a load balancer of a cloud gets a certificate.
const CERTIFICATES: &[&str] = &[
    "load-balancer.hetzner.cloud/http-certificates",
    "service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cert-id",
    "service.beta.kubernetes.io/aws-load-balancer-ssl-cert",
    "service.beta.kubernetes.io/do-loadbalancer-certificate-id",
    "service.beta.kubernetes.io/do-loadbalancer-tls-passthrough",
    "service.beta.kubernetes.io/linode-loadbalancer-default-protocol",
    "service.beta.kubernetes.io/oci-load-balancer-tls-secret",
    "service.beta.kubernetes.io/scw-loadbalancer-certificate-ids",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for service in cx.inventory().of_any(Kinds::SERVICES) {
        let kind = service.get("spec.type").and_then(Node::as_str);
        if kind != Some("LoadBalancer")
            || load_balancer::is_internal(service, load_balancer::INTERNAL_CLASSES)
            || CERTIFICATES.iter().any(|key| service.annotation(key).is_some())
        {
            continue;
        }
        if let Some(port) = plain(service) {
            let number = port.get("port").map(Node::text).unwrap_or_default();
            let message = format!("port {number} serves plain HTTP and no port serves TLS");
            out.push(CHECK.at(&Place::of(service, port), message));
        }
    }
}

/// The port that serves HTTP, if none can serve TLS.
fn plain(service: &Object) -> Option<Node<'_>> {
    let ports = || service.get("spec.ports").into_iter().flat_map(Node::items);
    let number = |port: Node<'_>| port.get("port").and_then(Node::as_i64);
    let says = |port: Node<'_>, word: &str| {
        ["name", "appProtocol"].iter().any(|it| {
            let text = port.get(it).and_then(Node::as_str);
            text.is_some_and(|text| text.split(['-', '/', '.']).any(|part| part == word))
        })
    };
    let tls = |port: Node<'_>| {
        matches!(number(port), Some(443 | 8443))
            || ["https", "tls", "ssl", "wss"].iter().any(|word| says(port, word))
    };
    let http = |port: &Node<'_>| {
        let is_other = ["tcp", "grpc", "udp"].iter().any(|word| says(*port, word));
        matches!(number(*port), Some(80 | 8080)) && !is_other || says(*port, "http")
    };
    if ports().any(tls) { None } else { ports().find(http) }
}
