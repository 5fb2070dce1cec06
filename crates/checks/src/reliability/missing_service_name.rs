//! The pods of a `StatefulSet` have no names of their own without the Service that it names.

use std::collections::BTreeMap;

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Workload, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::autoscaler::{Autoscalers, SCALING};
use crate::reading::selection::selector;

pub(crate) const CHECK: Check = Check {
    id: "missing-service-name",
    title: "Pods of a StatefulSet have no names of their own",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Namespace,
    sees: &[kinds::SERVICE, SCALING[0], SCALING[1]],
    peers: &[Peer::KubeScore("statefulset-has-servicename")],
    effort: Hours(1),
    fix: Fix::Review("Add a Service of that name with `clusterIP: None` that selects the pods"),
    cel: Cel::Refused("the Service is another object"),
    run,
    ..Check::on(Kinds::of(&[kinds::STATEFUL_SET]), include_str!("missing_service_name.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let mut services: BTreeMap<&str, BTreeMap<&str, &Object>> = BTreeMap::new();
    for service in cx.inventory().of(kinds::SERVICE) {
        services.entry(service.namespace()).or_default().insert(service.name(), service);
    }
    let autoscalers = Autoscalers::of(cx);
    for workload in cx.workloads().filter(|it| it.object().is(CHECK.kinds)) {
        // A single pod has nobody to find.
        if autoscalers.least(&workload) == Some(1) {
            continue;
        }
        let object = workload.object();
        let name = object.get("spec.serviceName").and_then(Node::as_text);
        let Some((name, there)) = name.zip(services.get(workload.namespace())) else { continue };
        if let Some(why) = is_no_domain(there.get(name).copied(), &workload) {
            let message = format!("Service {name}, by which its pods are to be found, {why}");
            out.push(CHECK.at(&object.place("spec.serviceName"), message));
        }
    }
}

/// Why a Service gives the pods no names.
fn is_no_domain(service: Option<&Object>, workload: &Workload<'_>) -> Option<&'static str> {
    let Some(service) = service else { return Some("is not there") };
    let is_headless = service.get("spec.clusterIP").and_then(Node::as_str) == Some("None");
    if !is_headless {
        return Some("has an address of its own, so that the pods get no names");
    }
    let selects = selector(service)?.matches(workload.labels());
    (!selects).then_some("does not select them")
}
