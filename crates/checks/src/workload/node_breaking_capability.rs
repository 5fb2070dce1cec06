//! A capability with which a container leaves itself.

use finding::{Change, Finding, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::capability::{self, breaks_node};

pub(crate) const CHECK: Check = Check {
    id: "node-breaking-capability",
    title: "Container has a capability that reaches its node",
    severity: Severity::High,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Cis("5.2.9"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Baseline),
    ],
    peers: &[
        Peer::Checkov("CKV_K8S_25"),
        Peer::Checkov("CKV_K8S_39"),
        Peer::Kubescape("C-0046"),
        Peer::Kubescape("C-0200"),
        Peer::Kubescape("C-0219"),
        Peer::Kubesec("CapSysAdmin"),
        Peer::Polaris("dangerousCapabilities"),
        Peer::Polaris("insecureCapabilities"),
        Peer::Trivy("KSV-0005"),
        Peer::Trivy("KSV-0022"),
        Peer::Trivy("KSV-0120"),
    ],
    effort: Hours(3),
    fix: Fix::Review(
        "Remove the capability; use a device plugin, a CSI driver or a node agent of the \
         platform",
    ),
    edit: Edit::By(mend),
    cel: Cel::Widened(
        "variables.containers.all(c, !(has(c.securityContext) \
         && has(c.securityContext.capabilities) && has(c.securityContext.capabilities.add)) \
         || c.securityContext.capabilities.add.all(name, name in ['AUDIT_WRITE', 'CHOWN', \
         'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', \
         'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT']))",
        "every capability beyond those that runtimes give is denied",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("node_breaking_capability.md"))
};

/// One step, and the node is theirs.
const AT_ONCE: [&str; 4] = ["ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    // A privileged container has them all, and is found by itself.
    for container in cx.containers().filter(|it| !it.security().is_privileged()) {
        let breaking = |it: &&str| breaks_node(&container, it);
        let added: Vec<&str> = container.added_capabilities().filter(breaking).collect();
        if added.is_empty() {
            continue;
        }
        let (name, list) = (container.name(), capability::list(&added));
        let message = format!("container {name} adds {list}: with it, it reaches its node");
        let place = container.place("securityContext.capabilities.add");
        let at_once = added.iter().any(|it| AT_ONCE.contains(&capability::name(it).as_str()));
        let severity = if at_once { Severity::Critical } else { CHECK.severity };
        out.push(Finding { severity, ..CHECK.at(&place, message) });
    }
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    capability::without(flaw, breaks_node)
}
