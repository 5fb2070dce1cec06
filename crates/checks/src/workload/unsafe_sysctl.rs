//! Some kernel settings of a pod reach its node or its neighbours.

use finding::{Change, Fix, Severity};
use model::{Kinds, Node};

use crate::check::Framework::{Attack, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};

pub(crate) const CHECK: Check = Check {
    id: "unsafe-sysctl",
    title: "Pod sets an unsafe sysctl",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Baseline),
    ],
    peers: &[Peer::KubeLinter("unsafe-sysctls"), Peer::Trivy("KSV-0026")],
    effort: Hours(1),
    fix: Fix::Review("Remove the sysctl, or set it on the nodes"),
    edit: Edit::By(mend),
    cel: Cel::Widened(
        "!has(variables.podSpec.securityContext) || \
         !has(variables.podSpec.securityContext.sysctls) || \
         variables.podSpec.securityContext.sysctls.all(s, has(s.name) && s.name in \
         ['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', \
         'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range', \
         'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.ip_local_reserved_ports', \
         'net.ipv4.tcp_keepalive_time', 'net.ipv4.tcp_fin_timeout', \
         'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes'])",
        "what became safe with Kubernetes 1.32 is denied too",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unsafe_sysctl.md"))
};

/// The settings that stay within a pod, and the version since when they count as such.
const SAFE: [(&str, u32); 12] = [
    ("kernel.shm_rmid_forced", 0),
    ("net.ipv4.ip_local_port_range", 0),
    ("net.ipv4.ip_local_reserved_ports", 27),
    ("net.ipv4.ip_unprivileged_port_start", 0),
    ("net.ipv4.ping_group_range", 0),
    ("net.ipv4.tcp_fin_timeout", 29),
    ("net.ipv4.tcp_keepalive_intvl", 29),
    ("net.ipv4.tcp_keepalive_probes", 29),
    ("net.ipv4.tcp_keepalive_time", 29),
    ("net.ipv4.tcp_rmem", 32),
    ("net.ipv4.tcp_syncookies", 0),
    ("net.ipv4.tcp_wmem", 32),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let minor = cx.kubernetes().minor;
    let is_safe = |name: &str| SAFE.iter().any(|(safe, since)| *safe == name && minor >= *since);
    for workload in cx.workloads() {
        let sysctls =
            workload.spec().at("securityContext.sysctls").into_iter().flat_map(Node::items);
        for name in sysctls.filter_map(|it| it.get("name")).filter(|it| !is_safe(it.text())) {
            let message = format!("the pod sets the sysctl {}, which is not safe", name.text());
            out.push(CHECK.at(&workload.place_of(name), message));
        }
    }
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    vec![Change::clear(flaw.around(1))]
}
