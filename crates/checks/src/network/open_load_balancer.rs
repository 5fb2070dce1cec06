//! A load balancer that admits every address puts its pods on the internet.

use finding::{Finding, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::load_balancer;

pub(crate) const CHECK: Check = Check {
    id: "open-load-balancer",
    title: "Load balancer is open to the internet",
    severity: Severity::High,
    ring: Ring::Five,
    layer: Layer::Cloud,
    scope: Scope::Object,
    parameters: &[Parameter {
        name: "internal-classes",
        default: load_balancer::INTERNAL_CLASSES,
        about: "Values of loadBalancerClass that are internal unless an annotation says otherwise.",
    }],
    frameworks: &[Attack("T1190"), Nsa(check::Nsa::Network), Owasp("K07")],
    peers: &[Peer::KubeLinter("exposed-services"), Peer::Kubescape("C-0256")],
    effort: Hours(1),
    fix: Fix::Review(
        "Set `loadBalancerSourceRanges` to the networks that call, or make the load balancer \
         internal",
    ),
    cel: Cel::Widened(
        load_balancer::TWIN,
        "it adds no ranges up, but denies every range wider than /8 and every list of 32 or more; \
         it reads the field and the annotations that make a load balancer internal, nothing else, \
         and no ports",
    ),
    run,
    ..Check::on(Kinds::SERVICES, include_str!("open_load_balancer.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let classes = CHECK.words(cx, "internal-classes");
    for service in cx.inventory().of_any(Kinds::SERVICES) {
        let kind = service.get("spec.type").and_then(Node::as_str);
        if kind != Some("LoadBalancer") || load_balancer::is_internal(service, &classes) {
            continue;
        }
        if let Some((place, why)) = load_balancer::open_to_all(service) {
            let severity = if is_website(service) { Severity::Medium } else { CHECK.severity };
            let message = format!("the load balancer admits every address: {why}");
            out.push(Finding { severity, ..CHECK.at(&place, message) });
        }
    }
}

/// Whether it serves the ports alone that websites are served at.
fn is_website(service: &Object) -> bool {
    let number = |it: Node<'_>| it.get("port").and_then(Node::as_i64);
    // At the last, gateways of Istio say whether they are ready.
    let is_web = |it| matches!(number(it), Some(80 | 443 | 15021));
    ports(service).next().is_some() && ports(service).all(is_web)
}

fn ports(service: &Object) -> impl Iterator<Item = Node<'_>> {
    service.get("spec.ports").into_iter().flat_map(Node::items)
}
