//! A route to a Service that is not there, or that its namespace has not granted.

use std::collections::{BTreeMap, BTreeSet};

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Object, Place, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::gateway::{self, Backend};

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
    let services: Vec<&Object> = cx.inventory().of(kinds::SERVICE).collect();
    let shown: BTreeSet<&str> = services.iter().map(|it| it.namespace()).collect();
    let by_name: BTreeMap<_, _> =
        services.iter().map(|it| ((it.namespace(), it.name()), *it)).collect();
    for route in cx.inventory().of_any(gateway::ROUTES) {
        for backend in gateway::backends(route).filter(|it| shown.contains(it.namespace)) {
            let service = by_name.get(&(backend.namespace, backend.service)).copied();
            if let Some(message) = missing(backend, service) {
                out.push(CHECK.at(&Place::of(route, backend.node), message));
            }
        }
    }
}

fn missing(backend: Backend<'_>, service: Option<&Object>) -> Option<String> {
    let Backend { namespace, service: name, port, .. } = backend;
    let Some(service) = service else {
        return Some(format!("namespace {namespace} has no Service {name}"));
    };
    let wanted = port.and_then(Node::as_i64)?;
    let ports = || service.get("spec.ports").into_iter().flat_map(Node::items);
    let is = |port: Node<'_>| port.get("port").and_then(Node::as_i64) == Some(wanted);
    let judged = ports().next().is_some() && !ports().any(is);
    judged.then(|| format!("Service {name} has no port {wanted}"))
}
