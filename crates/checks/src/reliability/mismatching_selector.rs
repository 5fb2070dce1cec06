//! The API server refuses a workload that does not select its own pods.

use finding::{Change, Fix, Severity};
use model::tree::{Node, Type};
use model::{Kinds, Selector, Workload, kinds, path};
use serde_json::json;

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};

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
    edit: Edit::By(mend),
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

/// Gives the template the labels that are asked for by name and value.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let (Some(selector), Some(workload)) = (flaw.node(), Workload::all_of(flaw.object()).next())
    else {
        return Vec::new();
    };
    let is_old = flaw.object().group().is_empty();
    if !is_old && selector.get("matchExpressions").is_some() {
        return Vec::new();
    }
    let asked = if is_old { Some(selector) } else { selector.get("matchLabels") };
    let asked = asked.into_iter().flat_map(Node::entries);
    let labels = flaw.beside("template.metadata.labels");
    let missing = asked.filter(|it| workload.labels().get(it.key()) != Some(it.text()));
    let set =
        |it: Node<'_>| Change::set(path::entry(&labels, it.key()), json!(it.text()).to_string());
    missing.map(set).collect()
}
