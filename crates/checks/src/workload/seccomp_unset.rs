//! Where nobody names a seccomp profile, the node decides, and most decide for none.

use finding::{Change, Fix, Severity};
use model::{Container, Kinds, Node, Type, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings, Version};
use crate::edit::{Edit, Flaw};
use crate::reading::pod_security::{lets_windows_be, on_linux};

pub(crate) const CHECK: Check = Check {
    id: "seccomp-unset",
    title: "No seccomp profile is set",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Cis("5.7.2"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Restricted),
    ],
    peers: &[
        Peer::Checkov("CKV_K8S_31"),
        Peer::KubeScore("container-seccomp-profile"),
        Peer::Kubescape("C-0055"),
        Peer::Kubescape("C-0210"),
        Peer::Kubescape("C-0211"),
        Peer::Kubesec("SeccompAny"),
        Peer::Polaris("linuxHardening"),
        Peer::Trivy("KSV-0030"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Set `seccompProfile.type: RuntimeDefault` on the pod or each container"),
    edit: Edit::By(mend),
    cel: Cel::Exact(
        "has(variables.podSpec.os) && variables.podSpec.os.name == 'windows' || \
         has(variables.podSpec.securityContext) && \
         has(variables.podSpec.securityContext.seccompProfile) || \
         variables.containers.all(c, has(c.securityContext) && \
         has(c.securityContext.privileged) && c.securityContext.privileged || \
         has(c.securityContext) && has(c.securityContext.seccompProfile))",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("seccomp_unset.md"))
};

/// The first version that knows the field.
const KNOWN_SINCE: Version = Version { minor: 19 };

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if cx.kubernetes() < KNOWN_SINCE {
        return;
    }
    let exempt = |it: &Workload<'_>| lets_windows_be(it, cx.kubernetes());
    let has_none = |it: &Workload<'_>| !is_set(it.spec());
    for workload in cx.workloads().filter(|it| !exempt(it)).filter(has_none) {
        let (without, with): (Vec<_>, Vec<_>) =
            workload.containers().filter(is_confinable).partition(|it| !is_set(it.node()));
        if with.is_empty() && !without.is_empty() {
            let place = workload.place("securityContext.seccompProfile");
            out.push(CHECK.at(&place, "neither the pod nor a container names a seccomp profile"));
            continue;
        }
        for container in without {
            let message = format!("container {} has no seccomp profile", container.name());
            out.push(CHECK.at(&container.place("securityContext.seccompProfile"), message));
        }
    }
}

/// A privileged container is never confined by seccomp, and is found by itself.
fn is_confinable(container: &Container<'_>) -> bool {
    !container.security().is_privileged()
}

fn is_set(of: Node<'_>) -> bool {
    of.at("securityContext.seccompProfile").is_some_and(|it| it.kind() == Type::Map)
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    on_linux(flaw, Change::set(flaw.path(), r#"{"type": "RuntimeDefault"}"#))
}
