//! An ingress to a Service that is not there answers with an error, or with whoever takes its name.

use std::collections::{BTreeMap, BTreeSet};

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Object, Place, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::ingress::{self, Backend};

pub(crate) const CHECK: Check = Check {
    id: "dangling-ingress",
    title: "Ingress leads to a Service or port that does not exist",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Five,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Namespace,
    sees: &[kinds::SERVICE],
    peers: &[
        Peer::KubeLinter("dangling-ingress"),
        Peer::KubeScore("ingress-targets-service"),
        Peer::Kubescape("C-0298"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Correct the name or port of the Service, or delete the path"),
    cel: Cel::Refused("the Ingress and the Services of its namespace must be seen together"),
    run,
    ..Check::on(ingress::KINDS, include_str!("dangling_ingress.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let services: Vec<&Object> = cx.inventory().of(kinds::SERVICE).collect();
    let shown: BTreeSet<&str> = services.iter().map(|it| it.namespace()).collect();
    let by_name: BTreeMap<_, _> =
        services.iter().map(|it| ((it.namespace(), it.name()), *it)).collect();
    let all = cx.inventory().of_any(ingress::KINDS);
    for own in all.filter(|own| shown.contains(own.namespace()) && !ingress::is_solver(own)) {
        for backend in ingress::backends(own) {
            let service = by_name.get(&(own.namespace(), backend.service)).copied();
            if let Some(message) = missing(own, backend, service) {
                out.push(CHECK.at(&Place::of(own, backend.node), message));
            }
        }
    }
}

fn missing(own: &Object, backend: Backend<'_>, service: Option<&Object>) -> Option<String> {
    let Backend { service: name, port, .. } = backend;
    // The controller of AWS takes the name of an annotation for a Service.
    if port.and_then(Node::as_str) == Some("use-annotation") {
        return None;
    }
    let Some(service) = service else {
        return Some(format!("namespace {} has no Service {name}", own.namespace()));
    };
    let wanted = port.map(Node::text)?;
    let ports = || service.get("spec.ports").into_iter().flat_map(Node::items);
    let is = |port: Node<'_>| {
        ["port", "name"].iter().any(|it| port.get(it).is_some_and(|it| it.text() == wanted))
    };
    let judged = ports().next().is_some() && !ports().any(is);
    judged.then(|| format!("Service {name} has no port {wanted}"))
}
