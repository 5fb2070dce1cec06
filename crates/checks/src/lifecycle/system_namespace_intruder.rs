//! A workload of a user among the parts of the cluster.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Image, Kinds, Place, Workload};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::pod_security_level::SYSTEM_NAMESPACES;

pub(crate) const CHECK: Check = Check {
    id: "system-namespace-intruder",
    title: "Workload runs among the parts of the cluster",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1036"), Nsa(check::Nsa::Network), Owasp("K08")],
    peers: &[Peer::Trivy("KSV-0037")],
    effort: Hours(4),
    fix: Fix::Manual("Move the workload to a namespace of its own"),
    cel: Cel::Widened(
        "!has(object.metadata) || !has(object.metadata.namespace) \
         || !(object.metadata.namespace in ['kube-node-lease', 'kube-public', 'kube-system'])",
        "it does not tell the parts of a cluster from what is not",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("system_namespace_intruder.md"))
};

/// Labels by which the parts of a cluster say that they are.
const MARKS: [&str; 5] = [
    "addonmanager.kubernetes.io/mode",
    "k8s-app",
    "kubernetes.io/cluster-service",
    "k8s-addon",
    "tier",
];

/// Those who make the parts of clusters, by the registries and repositories of their images.
const MAKERS: [&str; 14] = [
    "registry.k8s.io/",
    "k8s.gcr.io/",
    "gcr.io/gke-release/",
    "gke.gcr.io/",
    "mcr.microsoft.com/",
    ".dkr.ecr.",
    "public.ecr.aws/eks",
    "quay.io/openshift",
    "rancher/",
    "calico/",
    "cilium/",
    "flannel/",
    "weaveworks/",
    "docker/desktop",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads() {
        let object = workload.object();
        let said = object.get("metadata.namespace").filter(|it| {
            it.as_str().is_some_and(|namespace| SYSTEM_NAMESPACES.contains(&namespace))
        });
        let Some(said) = said.filter(|_| !is_part(&workload)) else { continue };
        let (kind, name) = (object.kind(), object.name());
        let message =
            format!("the {kind} {name} runs in {} and is no known part of it", said.text());
        out.push(CHECK.at(&Place::of(object, said), message));
    }
}

/// Whether it looks like a part of a cluster: by a label, by its priority, by its maker, or because
/// it serves the node itself. Without any image it is a patch of something else.
fn is_part(workload: &Workload<'_>) -> bool {
    let marked = |key: &&str| {
        workload.labels().get(key).or_else(|| workload.object().labels().get(key)).is_some()
    };
    let priority = workload.spec().get("priorityClassName").and_then(Node::as_str);
    let critical = priority.is_some_and(|it| it.starts_with("system-"));
    let has_image = workload.containers().any(|it| it.node().get("image").is_some());
    let of_the_node = workload.flag("hostNetwork") || workload.flag("hostPID");
    critical
        || of_the_node
        || !has_image
        || MARKS.iter().any(marked)
        || workload.containers().any(|container| {
            let image = container.node().get("image").and_then(Node::as_str).unwrap_or_default();
            let full = format!("{}/{}", Image::parse(image).host(), image);
            MAKERS.iter().any(|maker| image.starts_with(maker) || full.contains(maker))
        })
}
