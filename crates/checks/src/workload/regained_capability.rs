//! A container drops all capabilities, then takes some of the usual ones back.

use finding::{Change, Fix, Severity};
use model::{Kinds, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings, Version};
use crate::edit::{Edit, Flaw};
use crate::reading::capability::{self, BASELINE};
use crate::reading::pod_security::lets_windows_be;

pub(crate) const CHECK: Check = Check {
    id: "regained-capability",
    title: "Container takes a capability of the runtime back",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Cis("5.2.10"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Restricted),
    ],
    peers: &[Peer::Kubescape("C-0201"), Peer::Kubescape("C-0220"), Peer::Trivy("KSV-0106")],
    effort: Hours(2),
    fix: Fix::Review("Run as the right user from the start, and remove the capability"),
    edit: Edit::By(mend),
    cel: Cel::Exact(
        "has(variables.podSpec.os) && variables.podSpec.os.name == 'windows' || \
         variables.containers.all(c, !(has(c.securityContext) && \
         has(c.securityContext.capabilities) && has(c.securityContext.capabilities.drop) && \
         'ALL' in c.securityContext.capabilities.drop && \
         has(c.securityContext.capabilities.add) && \
         c.securityContext.capabilities.add.exists(name, name in ['AUDIT_WRITE', 'CHOWN', \
         'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'SETFCAP', 'SETGID', \
         'SETPCAP', 'SETUID', 'SYS_CHROOT'])))",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("regained_capability.md"))
};

/// The first version whose standard forbids it.
const FORBIDDEN_SINCE: Version = Version { minor: 22 };

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if cx.kubernetes() < FORBIDDEN_SINCE {
        return;
    }
    let exempt = |it: &Workload<'_>| lets_windows_be(it, cx.kubernetes());
    for container in cx.workloads().filter(|it| !exempt(it)).flat_map(Workload::containers) {
        let drops_all = container.dropped_capabilities().any(|it| it == "ALL");
        let regained: Vec<&str> =
            container.added_capabilities().filter(|it| is_usual(it)).collect();
        if drops_all && !regained.is_empty() {
            let list = capability::list(&regained);
            let message = format!("container {} drops all and takes {list} back", container.name());
            out.push(CHECK.at(&container.place("securityContext.capabilities.add"), message));
        }
    }
}

fn is_usual(written: &str) -> bool {
    BASELINE.contains(&written) && written != "NET_BIND_SERVICE"
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    capability::without(flaw, |_, it| is_usual(it))
}
