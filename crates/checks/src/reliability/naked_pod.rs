//! A pod that nobody keeps is not made again when its node goes.

use finding::{Fix, Severity};
use model::object::ObjectId;
use model::tree::Node;
use model::{Container, Kinds, Object, Program, Workload, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::controller::is_owned;

pub(crate) const CHECK: Check = Check {
    id: "naked-pod",
    title: "Nobody makes the pod again when it is gone",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    peers: &[Peer::Kubescape("C-0073")],
    effort: Hours(1),
    fix: Fix::Review("Let a Deployment run the pod, or a Job if it ends"),
    cel: Cel::Widened(
        "has(object.metadata.ownerReferences) && object.metadata.ownerReferences.size() > 0 \
         || has(object.metadata.namespace) && object.metadata.namespace == 'kube-system' \
         || has(object.spec.restartPolicy) && object.spec.restartPolicy != 'Always' \
         || has(object.metadata.annotations) \
         && ('kubernetes.io/config.mirror' in object.metadata.annotations \
         || 'helm.sh/hook' in object.metadata.annotations)",
        "a part of the control plane outside of kube-system is refused too",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::POD]), include_str!("naked_pod.md"))
};

/// What runs from a file of the node, since nothing is there yet that could start it.
const CONTROL_PLANE: [Program; 3] =
    [Program::ApiServer, Program::ControllerManager, Program::Scheduler];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let parts: Vec<&ObjectId> = CONTROL_PLANE
        .into_iter()
        .flat_map(|it| cx.components(it))
        .map(|it| it.object().id())
        .collect();
    for workload in cx.workloads().filter(|it| it.object().is(CHECK.kinds)) {
        let restarts = workload.spec().get("restartPolicy").and_then(Node::as_str);
        if restarts.is_some_and(|it| it != "Always")
            || is_kept(workload.object())
            || is_first(workload, &parts)
        {
            continue;
        }
        let message = "nothing makes this pod again when it is evicted or its node is gone";
        out.push(CHECK.at(&workload.object().place("metadata.ownerReferences"), message));
    }
}

/// Whether a pod is a part of the control plane, its database included, which the kubelet runs from
/// a file.
fn is_first(workload: Workload<'_>, parts: &[&ObjectId]) -> bool {
    let is_database = |it: Container<'_>| it.image().is_some_and(|it| it.name() == "etcd");
    parts.contains(&workload.object().id())
        || workload.flag("hostNetwork") && workload.containers().any(is_database)
}

/// Whether something stands behind a pod: another object, the kubelet, or a tool that made it for a
/// moment.
fn is_kept(pod: &Object) -> bool {
    let marks = ["kubernetes.io/config.mirror", "helm.sh/hook"];
    is_owned(pod)
        || pod.namespace() == "kube-system"
        || marks.into_iter().any(|it| pod.annotation(it).is_some())
}
