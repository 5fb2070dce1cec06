//! An ingress to a Service that is not there answers with an error, or with whoever takes its name.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Place, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::ingress;
use crate::reading::services::Services;

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
    let services = Services::of(cx);
    for own in cx.inventory().of_any(ingress::KINDS).filter(|own| !ingress::is_solver(own)) {
        for backend in ingress::backends(own) {
            // The controller of AWS takes the name of an annotation for a Service.
            if backend.port.and_then(Node::as_str) == Some("use-annotation") {
                continue;
            }
            let name = (own.namespace(), backend.service);
            if let Some(message) = services.missing(own, name, backend.port) {
                out.push(CHECK.at(&Place::of(own, backend.node), message));
            }
        }
    }
}
