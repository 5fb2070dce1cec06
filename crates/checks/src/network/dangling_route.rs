//! A route to a Service that is not there, or that its namespace has not granted.

use finding::{Confidence, Fix, Severity};
use model::{Place, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::gateway;
use crate::reading::services::Services;

pub(crate) const CHECK: Check = Check {
    id: "dangling-route",
    title: "Route leads to a Service or port that does not exist",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Five,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Cluster,
    sees: &[kinds::SERVICE],
    peers: &[Peer::Kubescape("C-0302")],
    effort: Hours(1),
    fix: Fix::Review("Correct the name or port in `backendRefs`, or delete the rule"),
    cel: Cel::Refused("the route and the Services must be seen together"),
    run,
    ..Check::on(gateway::ROUTES, include_str!("dangling_route.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let services = Services::of(cx);
    for route in cx.inventory().of_any(gateway::ROUTES) {
        for backend in gateway::backends(route) {
            let name = (backend.namespace, backend.service);
            if let Some(message) = services.missing(route, name, backend.port) {
                out.push(CHECK.at(&Place::of(route, backend.node), message));
            }
        }
    }
}
