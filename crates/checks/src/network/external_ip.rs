//! A Service that claims an address takes the traffic meant for it, whosever it is.

use finding::{Confidence, Fix, Severity};
use model::{Kinds, Place};

use crate::check::Framework::Owasp;
use crate::check::{Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "external-ip",
    title: "Service claims an address by itself",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Owasp("K07")],
    peers: &[Peer::Trivy("KSV-0108")],
    effort: Hours(4),
    fix: Fix::Review("Use type LoadBalancer, whose controller hands addresses out"),
    cel: Cel::Exact("!has(object.spec.externalIPs) || object.spec.externalIPs.size() == 0"),
    run,
    ..Check::on(Kinds::SERVICES, include_str!("external_ip.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for service in cx.inventory().of_any(Kinds::SERVICES) {
        let Some(list) = service.get("spec.externalIPs") else { continue };
        let addresses: Vec<&str> = list.strings().take(3).collect();
        if !addresses.is_empty() {
            let message =
                format!("traffic to {} goes to this Service on every node", addresses.join(", "));
            out.push(CHECK.at(&Place::of(service, list), message));
        }
    }
}
