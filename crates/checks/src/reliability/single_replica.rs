//! A service of one pod is away whenever that pod is.

use std::collections::BTreeSet;

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Workload, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::autoscaler::{Autoscalers, SCALING};
use crate::reading::controller::{is_counted_above, replicas};
use crate::reading::observed::is_observed_only;
use crate::reading::selection::selector;

pub(crate) const CHECK: Check = Check {
    id: "single-replica",
    title: "Service stands on a single pod",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Namespace,
    sees: &[kinds::SERVICE, SCALING[0], SCALING[1]],
    peers: &[
        Peer::KubeLinter("minimum-three-replicas"),
        Peer::KubeScore("deployment-replicas"),
        Peer::Polaris("deploymentMissingReplicas"),
    ],
    effort: Hours(2),
    fix: Fix::Review("Run two replicas or more"),
    cel: Cel::Refused("whether anybody calls the pods, or scales them, stands in other objects"),
    run,
    ..Check::on(Kinds::of(&[kinds::DEPLOYMENT]), include_str!("single_replica.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let (pods, autoscalers) = (cx.pods(), Autoscalers::of(cx));
    let (mut seen, scaled) = (BTreeSet::new(), scaled_by_nodes(cx));
    for service in cx.inventory().of(kinds::SERVICE).filter(|it| !is_observed_only(it)) {
        let Some(selector) = selector(service) else { continue };
        let selected = pods.selected(service.namespace(), &selector);
        let mut selected = selected.filter(|it| !is_counted_above(it.object()));
        let (Some(workload), None) = (selected.next(), selected.next()) else { continue };
        let object = workload.object();
        let is_alone = replicas(object) == Some(1)
            && autoscalers.of_object(object).is_none()
            && !scaled.contains(&[object.namespace(), object.name()])
            && !holds_data(&workload);
        if object.is(CHECK.kinds) && is_alone && seen.insert(object.id()) {
            let message = format!("Service {} stands on a single pod", service.name());
            out.push(CHECK.at(&object.place("spec.replicas"), message));
        }
    }
}

/// Whether a pod mounts a claim: what it keeps there, a second one may not write beside it.
fn holds_data(workload: &Workload<'_>) -> bool {
    let mut volumes = workload.spec().get("volumes").into_iter().flat_map(Node::items);
    volumes.any(|it| it.get("persistentVolumeClaim").is_some())
}

/// The Deployments, by namespace and name, whose pods a program counts by the size of the cluster.
fn scaled_by_nodes<'a>(cx: &Cx<'a>) -> BTreeSet<[&'a str; 2]> {
    let mut scaled = BTreeSet::new();
    for container in cx.containers() {
        let namespace = container.workload().namespace();
        let targets = container.words().filter_map(|it| it.text().strip_prefix("--target="));
        let targets = targets.flat_map(|it| it.split(',')).filter_map(|it| it.split_once('/'));
        let deployments = targets.filter(|(kind, _)| kind.eq_ignore_ascii_case("deployment"));
        scaled.extend(deployments.map(|(_, name)| [namespace, name]));
    }
    scaled
}
