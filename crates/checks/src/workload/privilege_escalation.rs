//! Without `no_new_privs` a program may become more than the container started as.

use finding::{Change, Finding, Fix, Severity};
use model::{Container, Kinds, Node, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings, Version};
use crate::edit::{Edit, Flaw};
use crate::reading::pod_security::{lets_windows_be, on_linux};

pub(crate) const CHECK: Check = Check {
    id: "privilege-escalation",
    title: "Container may gain privileges",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1068"),
        Cis("5.2.6"),
        Cis("5.7.3"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Restricted),
    ],
    peers: &[
        Peer::Checkov("CKV_K8S_20"),
        Peer::Checkov("CKV_K8S_29"),
        Peer::Checkov("CKV_K8S_30"),
        Peer::KubeLinter("privilege-escalation-container"),
        Peer::Kubescape("C-0016"),
        Peer::Kubescape("C-0197"),
        Peer::Kubescape("C-0211"),
        Peer::Kubescape("C-0217"),
        Peer::Kubesec("AllowPrivilegeEscalation"),
        Peer::Polaris("privilegeEscalationAllowed"),
        Peer::Trivy("KSV-0001"),
        Peer::Trivy("KSV-0118"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Set `allowPrivilegeEscalation: false` on each container"),
    edit: Edit::By(mend),
    cel: Cel::Exact(
        "has(variables.podSpec.os) && variables.podSpec.os.name == 'windows' || \
         variables.containers.all(c, has(c.securityContext) && \
         has(c.securityContext.privileged) && c.securityContext.privileged || \
         has(c.securityContext) && has(c.securityContext.allowPrivilegeEscalation) && \
         !c.securityContext.allowPrivilegeEscalation)",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("privilege_escalation.md"))
};

/// The first version that knows the field.
const KNOWN_SINCE: Version = Version { minor: 8 };

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if cx.kubernetes() < KNOWN_SINCE {
        return;
    }
    let exempt = |it: &Workload<'_>| lets_windows_be(it, cx.kubernetes());
    let containers = cx.workloads().filter(|it| !exempt(it)).flat_map(Workload::containers);
    // A privileged container may not refuse it, and is found by itself.
    for container in containers.filter(|it| !it.security().is_privileged()) {
        let place = container.place("securityContext.allowPrivilegeEscalation");
        let said = container.node().at("securityContext.allowPrivilegeEscalation");
        let name = container.name();
        match said.and_then(Node::as_bool) {
            Some(false) => {}
            Some(true) => {
                let message = format!("container {name} asks to be able to gain privileges");
                out.push(Finding { severity: Severity::Medium, ..CHECK.at(&place, message) });
            }
            None => {
                let message = format!("nothing keeps container {name} from gaining privileges");
                out.push(CHECK.at(&place, message));
            }
        }
    }
}

/// Kubernetes refuses the two together, so that the capability has to go first.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let adds = |it: Container<'_>| it.added_capabilities().any(|it| it == "CAP_SYS_ADMIN");
    if flaw.container().is_some_and(adds) {
        return Vec::new();
    }
    on_linux(flaw, Change::set(flaw.path(), "false"))
}
