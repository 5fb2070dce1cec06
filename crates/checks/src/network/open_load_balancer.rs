//! A load balancer that admits every address puts its pods on the internet.

use finding::{Fix, Severity};
use model::Kinds;
use model::tree::Node;

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
         it reads the field and the annotations that make a load balancer internal, nothing else",
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
            out.push(CHECK.at(&place, format!("the load balancer admits every address: {why}")));
        }
    }
}
