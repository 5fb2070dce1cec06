//! A Service that selects no pod answers nobody.

use finding::{Confidence, Fix, Severity};
use model::{Kinds, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::selection::selector;

pub(crate) const CHECK: Check = Check {
    id: "dangling-service",
    title: "Service selects no pod",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Namespace,
    sees: Kinds::WORKLOADS.built_in(),
    peers: &[
        Peer::KubeLinter("dangling-service"),
        Peer::KubeScore("service-targets-pod"),
        Peer::Kubescape("C-0293"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Select the labels of the pods that are meant, or delete the Service"),
    cel: Cel::Refused("the pods are other objects"),
    run,
    ..Check::on(Kinds::SERVICES, include_str!("dangling_service.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let pods = cx.pods();
    for service in cx.inventory().of(kinds::SERVICE) {
        let namespace = service.namespace();
        let Some(selector) = selector(service) else { continue };
        let is_empty = pods.selected(namespace, &selector).next().is_none();
        if is_empty && pods.are_missed_by(service, service.get("spec.selector")) {
            let message = format!("it selects no pod of namespace {namespace} in this input");
            out.push(CHECK.at(&service.place("spec.selector"), message));
        }
    }
}
