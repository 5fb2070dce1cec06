//! A container that adds a capability may do more than the runtime lets others do.

use finding::{Change, Fix, Severity};
use model::{Container, Kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::capability::{self, BASELINE, breaks_node};

pub(crate) const CHECK: Check = Check {
    id: "added-capability",
    title: "Container adds a capability",
    severity: Severity::Medium,
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
        Peer::Kubescape("C-0046"),
        Peer::Kubescape("C-0200"),
        Peer::Kubescape("C-0219"),
        Peer::Polaris("dangerousCapabilities"),
        Peer::Polaris("insecureCapabilities"),
        Peer::Trivy("KSV-0022"),
    ],
    effort: Hours(2),
    fix: Fix::Review("Remove the capability, or move what needs it into a container of its own"),
    edit: Edit::By(mend),
    cel: Cel::Widened(
        "variables.containers.all(c, !(has(c.securityContext) \
         && has(c.securityContext.capabilities) && has(c.securityContext.capabilities.add)) \
         || c.securityContext.capabilities.add.all(name, name in ['AUDIT_WRITE', 'CHOWN', \
         'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', \
         'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT']))",
        "what other checks find about added capabilities is denied too",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("added_capability.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    // A privileged container has them all, and is found by itself.
    for container in cx.containers().filter(|it| !it.security().is_privileged()) {
        let added = container.added_capabilities().filter(|it| !BASELINE.contains(it));
        let added: Vec<&str> =
            added.filter(|it| !breaks_node(&container, it) && !is_raw(it)).collect();
        if !added.is_empty() {
            let message =
                format!("container {} adds {}", container.name(), capability::list(&added));
            out.push(CHECK.at(&container.place("securityContext.capabilities.add"), message));
        }
    }
}

fn is_raw(written: &str) -> bool {
    capability::name(written) == "NET_RAW"
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let goes = |container: &Container<'_>, it: &str| {
        !BASELINE.contains(&it) && !breaks_node(container, it) && !is_raw(it)
    };
    capability::without(flaw, goes)
}
