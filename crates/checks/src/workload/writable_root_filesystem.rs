//! A container whose files stay as they were built gives an attacker no place to put tools.

use finding::{Fix, Severity};
use model::workload::Os;
use model::{Container, Kinds, Node};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use model::Role;

pub(crate) const CHECK: Check = Check {
    id: "writable-root-filesystem",
    title: "Container may write to its root filesystem",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::PodSecurity), Owasp("K01")],
    peers: &[
        Peer::Checkov("CKV_K8S_22"),
        Peer::KubeLinter("no-read-only-root-fs"),
        Peer::KubeScore("container-security-context-readonlyrootfilesystem"),
        Peer::Kubescape("C-0017"),
        Peer::Kubesec("ReadOnlyRootFilesystem"),
        Peer::Polaris("notReadOnlyRootFilesystem"),
        Peer::Trivy("KSV-0014"),
    ],
    effort: Hours(3),
    fix: Fix::Review(
        "Set `readOnlyRootFilesystem: true`, with an emptyDir for each folder that is \
         written",
    ),
    edit: Edit::Set("true"),
    cel: Cel::Exact(
        "variables.windows || variables.podSpec.containers.all(c, has(c.securityContext) && \
         has(c.securityContext.readOnlyRootFilesystem) && \
         c.securityContext.readOnlyRootFilesystem) && \
         (!has(variables.podSpec.initContainers) || variables.podSpec.initContainers.all(c, \
         has(c.securityContext) && has(c.securityContext.readOnlyRootFilesystem) && \
         c.securityContext.readOnlyRootFilesystem))",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("writable_root_filesystem.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    // A debug container is there to be written to.
    let lasting =
        |it: &Container<'_>| it.role() != Role::Ephemeral && it.security().os() == Os::Linux;
    for container in cx.containers().filter(lasting) {
        let said = container.node().at("securityContext.readOnlyRootFilesystem");
        if said.and_then(Node::as_bool) != Some(true) {
            let message = format!("container {} may write to its own files", container.name());
            let place = container.place("securityContext.readOnlyRootFilesystem");
            out.push(CHECK.at(&place, message));
        }
    }
}
