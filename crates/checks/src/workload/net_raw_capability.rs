//! `NET_RAW` lets a container forge packets; a container that adds it wants it.

use finding::{Change, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::capability;

pub(crate) const CHECK: Check = Check {
    id: "net-raw-capability",
    title: "Container adds NET_RAW",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Cis("5.2.8"), Nsa(check::Nsa::PodSecurity), Owasp("K01"), Pss(Profile::Baseline)],
    peers: &[
        Peer::Checkov("CKV_K8S_25"),
        Peer::Checkov("CKV_K8S_28"),
        Peer::KubeLinter("drop-net-raw-capability"),
        Peer::Kubescape("C-0199"),
        Peer::Kubescape("C-0200"),
        Peer::Kubescape("C-0219"),
        Peer::Polaris("insecureCapabilities"),
        Peer::Trivy("KSV-0022"),
        Peer::Trivy("KSV-0119"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Remove NET_RAW; a program that only pings needs no raw socket"),
    edit: Edit::By(mend),
    cel: Cel::Exact(
        "variables.containers.all(c, has(c.securityContext) && has(c.securityContext.privileged) && \
         c.securityContext.privileged || !(has(c.securityContext) && \
         has(c.securityContext.capabilities) && has(c.securityContext.capabilities.add) && \
         c.securityContext.capabilities.add.exists(name, name in ['NET_RAW', 'net_raw', \
         'CAP_NET_RAW', 'cap_net_raw'])))",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("net_raw_capability.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    // A privileged container has them all, and is found by itself.
    for container in cx.containers().filter(|it| !it.security().is_privileged()) {
        if container.added_capabilities().any(|it| capability::name(it) == "NET_RAW") {
            let message =
                format!("container {} adds NET_RAW: it can forge packets", container.name());
            out.push(CHECK.at(&container.place("securityContext.capabilities.add"), message));
        }
    }
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    capability::without(flaw, |_, it| capability::name(it) == "NET_RAW")
}
