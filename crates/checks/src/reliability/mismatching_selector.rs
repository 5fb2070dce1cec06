//! The API server refuses a workload that does not select its own pods.

use finding::{Fix, Severity};
use model::{Kinds, Selector, Type, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "mismatching-selector",
    title: "Workload does not select its own pods",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    peers: &[
        Peer::KubeLinter("mismatching-selector"),
        Peer::KubeScore("deployment-pod-selector-labels-match-template-metadata-labels"),
        Peer::KubeScore("statefulset-pod-selector-labels-match-template-metadata-labels"),
        Peer::Kubescape("C-0296"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Give the pod template the labels that the selector asks for"),
    cel: Cel::Refused("the API server refuses it itself, before any policy is asked"),
    run,
    ..Check::on(
        Kinds::of(&[
            kinds::DEPLOYMENT,
            kinds::STATEFUL_SET,
            kinds::DAEMON_SET,
            kinds::REPLICA_SET,
            kinds::REPLICATION_CONTROLLER,
        ]),
        include_str!("mismatching_selector.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads().filter(|it| it.object().is(CHECK.kinds)) {
        let object = workload.object();
        let selector = object.get("spec.selector").filter(|it| it.kind() != Type::Null);
        let read = |node| match object.group() {
            "" => Selector::labels(node),
            _ => Selector::read(node),
        };
        if selector.map(read).is_some_and(|it| !it.matches(workload.labels())) {
            let message = format!(
                "the selector of {} {} does not match the labels of its pod template",
                object.kind(),
                object.name()
            );
            out.push(CHECK.at(&object.place("spec.selector"), message));
        }
    }
}
