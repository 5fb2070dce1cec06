//! Neither the pod nor a container has a security context: every default holds, and all are wide.

use finding::{Fix, Severity};
use model::Kinds;
use model::workload::Os;

use crate::check::Framework::{Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "unhardened-container",
    title: "Nothing is said about the security of a pod",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Cis("5.7.3"), Nsa(check::Nsa::PodSecurity), Owasp("K01")],
    peers: &[
        Peer::Checkov("CKV_K8S_29"),
        Peer::Checkov("CKV_K8S_30"),
        Peer::Kubescape("C-0055"),
        Peer::Kubescape("C-0211"),
        Peer::Polaris("linuxHardening"),
        Peer::Trivy("KSV-0118"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Give the pod a security context that fits the restricted standard"),
    cel: Cel::Exact(
        "variables.windows || has(variables.podSpec.securityContext) && \
         size(variables.podSpec.securityContext) > 0 || variables.containers.exists(c, \
         has(c.securityContext) && size(c.securityContext) > 0)",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unhardened_container.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads().filter(|it| it.os() == Os::Linux) {
        let says_nothing = workload.contexts().all(|context| context.is_empty());
        if says_nothing && workload.containers().next().is_some() {
            let place = workload.place("securityContext");
            out.push(CHECK.at(&place, "neither the pod nor a container has a security context"));
        }
    }
}
