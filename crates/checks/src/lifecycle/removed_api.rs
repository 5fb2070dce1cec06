//! A manifest that the API server no longer takes, or soon will not.

use finding::{Change, Fix, Severity};
use model::{Kinds, Node, Object};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::api_history;
use crate::reading::json;

pub(crate) const CHECK: Check = Check {
    id: "removed-api",
    title: "Manifest uses a version of an API that is gone or going",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Upgrading), Owasp("K10")],
    peers: &[
        Peer::KubeLinter("no-extensions-v1beta"),
        Peer::KubeScore("stable-version"),
        Peer::Trivy("KSV-0107"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Write the object in the version that is served, field by field"),
    edit: Edit::By(write_anew),
    cel: Cel::Refused(
        "policies see each object in the version they ask for, not as it was written",
    ),
    run,
    ..Check::on(Kinds::ALL, include_str!("removed_api.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let target = cx.kubernetes().minor;
    for object in cx.inventory().objects() {
        let Some(old) = api_history::of(object).filter(|old| target >= old.deprecated) else {
            continue;
        };
        let is_gone = target >= old.removed;
        let state = if is_gone { "has been gone since" } else { "will be gone in" };
        let instead = old.instead.map(|it| format!("; {it} serves it")).unwrap_or_default();
        let (version, kind, removed) = (old.api_version, object.kind(), old.removed);
        let message = format!("{version} {kind} {state} 1.{removed}{instead}");
        let mut finding = CHECK.at(&object.place("apiVersion"), message);
        if !is_gone {
            finding.severity = Severity::Low;
        }
        out.push(finding);
    }
}

/// Versions whose fields are the same in the version that is served.
#[rustfmt::skip] // one line a version
const SAME: &[(&str, &[&str])] = &[
    ("apiregistration.k8s.io/v1beta1", &["APIService"]),
    ("apps/v1beta2", &["DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"]),
    ("autoscaling/v2beta2", &["HorizontalPodAutoscaler"]),
    ("batch/v1beta1", &["CronJob"]),
    ("coordination.k8s.io/v1beta1", &["Lease"]),
    ("extensions/v1beta1", &["NetworkPolicy"]),
    ("networking.k8s.io/v1beta1", &["IngressClass"]),
    ("node.k8s.io/v1beta1", &["RuntimeClass"]),
    ("policy/v1beta1", &["PodDisruptionBudget"]),
    ("rbac.authorization.k8s.io/v1beta1", &["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"]),
    ("scheduling.k8s.io/v1alpha1", &["PriorityClass"]),
    ("scheduling.k8s.io/v1beta1", &["PriorityClass"]),
    ("storage.k8s.io/v1beta1", &["CSIDriver", "CSINode", "CSIStorageCapacity", "StorageClass", "VolumeAttachment"]),
];

fn write_anew(flaw: &Flaw<'_>) -> Vec<Change> {
    let object = flaw.object();
    let same = SAME.iter().find(|(version, _)| *version == &*object.id().api_version);
    let is_same = same.is_some_and(|(_, kinds)| kinds.contains(&object.kind()));
    let new = api_history::of(object).and_then(|old| old.instead);
    let Some(new) = new.filter(|_| is_same && !changes_meaning(object)) else { return Vec::new() };
    vec![Change::set(flaw.path(), json::text(new))]
}

/// An empty selector of a budget meant no pod, and means all.
fn changes_meaning(object: &Object) -> bool {
    let is_empty = |it: Node<'_>| it.children().next().is_none();
    object.kind() == "PodDisruptionBudget" && object.get("spec.selector").is_some_and(is_empty)
}
