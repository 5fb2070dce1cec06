//! An etcd without TLS shows the whole cluster to whoever listens.

use finding::{Finding, Fix, Severity};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::component_flag::{KINDS, NO_TWIN};
use crate::reading::etcd::{self, CLIENTS};

pub(crate) const CHECK: Check = Check {
    id: "etcd-without-tls",
    title: "etcd serves its clients without TLS",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1557"), Cis("2.1"), Nsa(check::Nsa::Network), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_116"), Peer::Kubescape("C-0153"), Peer::Trivy("KCV-0042")],
    effort: Hours(4),
    fix: Fix::Manual("Give etcd `--cert-file` and `--key-file`, and let it listen on https"),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("etcd_without_tls.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for etcd in etcd::all(cx) {
        if let Some((listen, url)) = CLIENTS.in_the_clear(etcd) {
            let message =
                format!("etcd listens at {url} without TLS, and whoever calls may do everything");
            let finding = CHECK.at(&listen.place, message);
            out.push(Finding { severity: Severity::Critical, ..finding });
        } else if let Some(place) = CLIENTS.lacks_certificate(etcd) {
            out.push(CHECK.at(&place, "etcd has no certificate and key for its clients"));
        }
    }
}
