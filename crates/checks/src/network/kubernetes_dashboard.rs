//! The Kubernetes Dashboard acts in the cluster for whoever reaches it with a token.

use finding::{Confidence, Fix, Severity};
use model::{Kinds, Role};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::interface;

pub(crate) const CHECK: Check = Check {
    id: "kubernetes-dashboard",
    title: "Kubernetes Dashboard runs in the cluster",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1133"), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_33"), Peer::Kubescape("C-0014")],
    effort: Hours(4),
    fix: Fix::Manual("Delete the dashboard, and use a client that runs on one's own machine"),
    cel: Cel::Widened(
        "variables.containers.all(it, !has(it.image) || !it.image.matches(\
           '(^|/)(kubernetes-dashboard(-amd64)?|(kubernetesui|kubernetes-dashboard)/dashboard\
           (-web|-api)?)([:@]|$)'))",
        "it denies init containers as well",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("kubernetes_dashboard.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers().filter(|it| it.role() == Role::Main) {
        if interface::is_dashboard(&container) {
            let message = "the Kubernetes Dashboard acts in the cluster for whoever signs in to it";
            out.push(CHECK.at(&container.place("image"), message));
        }
    }
}
