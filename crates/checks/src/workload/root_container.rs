//! A container that nothing keeps from starting as root.

use finding::{Change, Fix, Severity};
use model::{Container, Kinds, Place, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::pod_security::lets_own_users_be;

pub(crate) const CHECK: Check = Check {
    id: "root-container",
    title: "Container may run as root",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Cis("5.2.7"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Restricted),
    ],
    peers: &[
        Peer::Checkov("CKV_K8S_23"),
        Peer::KubeLinter("run-as-non-root"),
        Peer::KubeScore("container-security-context-user-group-id"),
        Peer::Kubescape("C-0013"),
        Peer::Kubescape("C-0198"),
        Peer::Kubescape("C-0218"),
        Peer::Kubesec("RunAsNonRoot"),
        Peer::Kubesec("RunAsUser"),
        Peer::Polaris("runAsRootAllowed"),
        Peer::Trivy("KSV-0012"),
        Peer::Trivy("KSV-0105"),
    ],
    effort: Hours(3),
    fix: Fix::Review(
        "Set `runAsNonRoot: true`, and a `runAsUser` above zero where the image is root",
    ),
    edit: Edit::By(mend),
    cel: Cel::Widened(
        "variables.windows || variables.containers.all(c, \
         has(c.securityContext) && has(c.securityContext.runAsNonRoot) \
           && c.securityContext.runAsNonRoot \
         || !(has(c.securityContext) && has(c.securityContext.runAsNonRoot)) \
           && has(variables.podSpec.securityContext) \
           && has(variables.podSpec.securityContext.runAsNonRoot) \
           && variables.podSpec.securityContext.runAsNonRoot \
         || has(c.securityContext) && has(c.securityContext.runAsUser) \
           && c.securityContext.runAsUser != 0 \
         || !(has(c.securityContext) && has(c.securityContext.runAsUser)) \
           && has(variables.podSpec.securityContext) \
           && has(variables.podSpec.securityContext.runAsUser) \
           && variables.podSpec.securityContext.runAsUser != 0)",
        "pods in a user namespace are denied too, which standards let be from 1.35 on",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("root_container.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let exempt = |it: &Workload<'_>| lets_own_users_be(it, cx.kubernetes());
    let containers = cx.workloads().filter(|it| !exempt(it)).flat_map(Workload::containers);
    for container in containers.filter(|container| container.security().may_be_root()) {
        let (place, message) = judge(&container);
        out.push(CHECK.at(&place, message));
    }
}

fn judge<'a>(container: &Container<'a>) -> (Place<'a>, String) {
    let name = container.name();
    if let Some(user) = container.security().run_as_user() {
        return (container.place_of(user.node), format!("container {name} runs as user 0, root"));
    }
    let message = format!(
        "container {name} runs as its image's user, which is root unless the image says otherwise"
    );
    (container.place("securityContext.runAsNonRoot"), message)
}

/// Which user it is instead of root, only somebody who knows the image can say.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let is_unsaid = flaw.path().ends_with(".runAsNonRoot");
    is_unsaid.then(|| Change::set(flaw.path(), "true")).into_iter().collect()
}
