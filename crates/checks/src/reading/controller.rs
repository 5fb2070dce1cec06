//! What keeps pods running, and how many of them.

use model::tree::{Node, Type};
use model::{Object, Selector, Workload};
use serde_json::{Map, Value};

/// Whether a workload is meant to run for ever, as far as it is known: what a custom kind does with
/// its pods is known of rollouts alone.
pub(crate) fn is_endless(workload: Workload<'_>) -> bool {
    let restarts = workload.spec().get("restartPolicy").and_then(Node::as_str);
    let restarts_always = restarts.is_none_or(|it| it == "Always");
    match workload.object().kind() {
        "Pod" => restarts_always && workload.object().group().is_empty(),
        "DaemonSet" => restarts_always,
        _ => restarts_always && is_scaled(workload.object()),
    }
}

/// Whether an object runs a number of like pods that somebody sets.
pub(crate) fn is_scaled(object: &Object) -> bool {
    match object.group() {
        "apps" | "extensions" => {
            matches!(object.kind(), "Deployment" | "StatefulSet" | "ReplicaSet")
        }
        "" => object.kind() == "ReplicationController",
        "argoproj.io" => object.kind() == "Rollout",
        _ => false,
    }
}

/// How many pods an object asks for: one where it does not say. Nothing where it runs no such
/// number, or says something else.
pub(crate) fn replicas(object: &Object) -> Option<i64> {
    if !is_scaled(object) {
        return None;
    }
    match object.get("spec.replicas") {
        Some(node) if node.kind() != Type::Null => node.as_i64(),
        _ => Some(1),
    }
}

/// Whether somebody else made an object, so that it is mended there.
pub(crate) fn is_owned(object: &Object) -> bool {
    object.get("metadata.ownerReferences").is_some_and(|it| it.items().next().is_some())
}

/// Whether an object is one of the pods, or sets of pods, that a built-in controller counts. Such a one
/// stands beside its controller where something, such as a mesh, added to it.
pub(crate) fn is_counted_above(object: &Object) -> bool {
    const COUNTING: [&str; 7] = [
        "DaemonSet",
        "Deployment",
        "Job",
        "ReplicaSet",
        "ReplicationController",
        "Rollout",
        "StatefulSet",
    ];
    let owners = object.get("metadata.ownerReferences").into_iter().flat_map(Node::items);
    let mut kinds = owners.filter_map(|owner| owner.get("kind")?.as_str());
    kinds.any(|kind| COUNTING.contains(&kind))
}

/// The labels by which the object of a pod template selects its pods, as JSON: those that a selector
/// of the template itself is made of.
pub(crate) fn own_labels(workload: Workload<'_>) -> Option<Value> {
    let selector = workload.object().get("spec.selector")?;
    let is_own = workload.spec().path() == "spec.template.spec";
    let is_plain = selector.get("matchExpressions").is_none();
    let labels = selector.get("matchLabels")?.entries();
    let labels: Map<String, Value> =
        labels.map(|it| (it.key().to_owned(), it.text().into())).collect();
    let fits = Selector::read(selector).matches(workload.labels());
    (is_own && is_plain && fits && !labels.is_empty()).then_some(Value::Object(labels))
}
