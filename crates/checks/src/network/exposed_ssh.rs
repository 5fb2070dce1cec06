//! A remote login into a container that the outside reaches.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::exposure;

pub(crate) const CHECK: Check = Check {
    id: "exposed-ssh",
    title: "Remote login is reached from outside",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Five,
    layer: Layer::Cloud,
    scope: Scope::Object,
    frameworks: &[Attack("T1133"), Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(4),
    fix: Fix::Review(
        "Delete the port; log in with `kubectl exec`, whose use is logged and granted",
    ),
    cel: Cel::Refused("CEL cannot tell which load balancers are internal or admit few"),
    run,
    ..Check::on(Kinds::SERVICES, include_str!("exposed_ssh.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for service in cx.inventory().of_any(Kinds::SERVICES) {
        let Some(door) = exposure::door(service) else { continue };
        for port in service.get("spec.ports").into_iter().flat_map(Node::items) {
            if let Some((number, name)) = exposure::login(port) {
                let how = door.name();
                let message = format!("port {number}, that of {name}, is reached through {how}");
                out.push(CHECK.at(&Place::of(service, port), message));
            }
        }
    }
}
