//! A container that is privileged has every capability and every device of its node.

use finding::{Change, Fix, Severity};
use model::Kinds;
use model::tree::Node;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};

pub(crate) const CHECK: Check = Check {
    id: "privileged-container",
    title: "Container runs privileged",
    severity: Severity::Critical,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Cis("5.2.2"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Baseline),
    ],
    peers: &[
        Peer::Checkov("CKV_K8S_16"),
        Peer::KubeLinter("privileged-container"),
        Peer::KubeScore("container-security-context-privileged"),
        Peer::Kubescape("C-0057"),
        Peer::Kubescape("C-0193"),
        Peer::Kubescape("C-0213"),
        Peer::Kubesec("Privileged"),
        Peer::Polaris("runAsPrivileged"),
        Peer::Trivy("KSV-0017"),
    ],
    effort: Hours(2),
    fix: Fix::Review("Remove `privileged: true`; grant the one capability or mount that is needed"),
    edit: Edit::By(mend),
    cel: Cel::Exact(
        "variables.containers.all(c, \
         !(has(c.securityContext) && has(c.securityContext.privileged) \
         && c.securityContext.privileged))",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("privileged_container.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers().filter(|container| container.security().is_privileged()) {
        let message = format!("container {} runs privileged: it owns its node", container.name());
        out.push(CHECK.at(&container.place("securityContext.privileged"), message));
    }
}

/// Kubernetes refuses mounts that reach back to the node to any other container.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let mounts = flaw.container().and_then(|it| it.node().get("volumeMounts"));
    let reaches_back =
        |it: Node<'_>| it.get("mountPropagation").and_then(Node::as_str) == Some("Bidirectional");
    if mounts.into_iter().flat_map(Node::items).any(reaches_back) {
        return Vec::new();
    }
    vec![Change::set(flaw.path(), "false")]
}
