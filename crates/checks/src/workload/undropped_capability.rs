//! A container that drops nothing keeps a dozen pieces of root.

use finding::{Change, Fix, Severity};
use model::{Container, Kinds, Node, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings, Version};
use crate::edit::{Edit, Flaw};
use crate::reading::capability;
use crate::reading::pod_security::{lets_windows_be, on_linux};

pub(crate) const CHECK: Check = Check {
    id: "undropped-capability",
    title: "Container keeps the capabilities of the runtime",
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
    peers: &[
        Peer::Checkov("CKV_K8S_28"),
        Peer::Checkov("CKV_K8S_37"),
        Peer::KubeLinter("drop-net-raw-capability"),
        Peer::Kubescape("C-0055"),
        Peer::Kubescape("C-0199"),
        Peer::Kubescape("C-0201"),
        Peer::Kubescape("C-0220"),
        Peer::Kubesec("CapDropAll"),
        Peer::Kubesec("CapDropAny"),
        Peer::Polaris("linuxHardening"),
        Peer::Trivy("KSV-0003"),
        Peer::Trivy("KSV-0004"),
        Peer::Trivy("KSV-0106"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Set `capabilities.drop: [ALL]`, and add back what is really needed"),
    edit: Edit::By(mend),
    cel: Cel::Exact(
        "has(variables.podSpec.os) && variables.podSpec.os.name == 'windows' || \
         variables.containers.all(c, has(c.securityContext) && \
         has(c.securityContext.privileged) && c.securityContext.privileged || \
         has(c.securityContext) && has(c.securityContext.capabilities) && \
         has(c.securityContext.capabilities.drop) && 'ALL' in \
         c.securityContext.capabilities.drop)",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("undropped_capability.md"))
};

/// The first version whose standard asks for it.
const ASKED_SINCE: Version = Version { minor: 22 };

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if cx.kubernetes() < ASKED_SINCE {
        return;
    }
    let exempt = |it: &Workload<'_>| lets_windows_be(it, cx.kubernetes());
    let containers = cx.workloads().filter(|it| !exempt(it)).flat_map(Workload::containers);
    for container in containers.filter(keeps_some) {
        let place = container.place("securityContext.capabilities.drop");
        out.push(CHECK.at(&place, message(&container)));
    }
}

/// A privileged container has them all, whatever it drops: that is found by itself.
fn keeps_some(container: &Container<'_>) -> bool {
    let drops_all = container.dropped_capabilities().any(|it| it == "ALL");
    !drops_all && !container.security().is_privileged()
}

fn message(container: &Container<'_>) -> String {
    let name = container.name();
    let dropped: Vec<String> = container.dropped_capabilities().map(capability::name).collect();
    if dropped.iter().any(|it| it == "ALL") {
        return format!("container {name} drops all capabilities, but does not write it as ALL");
    }
    let raw = if dropped.iter().any(|it| it == "NET_RAW") { "" } else { ", NET_RAW among them" };
    format!("container {name} keeps capabilities that the runtime gives{raw}")
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let mut dropped = flaw.node().into_iter().flat_map(Node::items);
    let change = match dropped.find(|it| capability::name(it.text()) == "ALL") {
        Some(misspelt) => Change::set(misspelt.path(), "\"ALL\""),
        None => Change::append(flaw.path(), "\"ALL\""),
    };
    on_linux(flaw, change)
}
