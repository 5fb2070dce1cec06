//! Members of etcd that talk without TLS show each change to whoever listens.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::component_flag::{KINDS, NO_TWIN};
use crate::reading::etcd::{self, PEERS};

pub(crate) const CHECK: Check = Check {
    id: "etcd-peers-without-tls",
    title: "Members of etcd talk without TLS",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1557"), Cis("2.4"), Nsa(check::Nsa::Network), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_119"), Peer::Kubescape("C-0156"), Peer::Trivy("KCV-0045")],
    effort: Hours(4),
    fix: Fix::Manual(
        "Give etcd `--peer-cert-file` and `--peer-key-file`, and let it listen on https",
    ),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("etcd_peers_without_tls.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for etcd in etcd::all(cx) {
        if let Some((listen, url)) = PEERS.in_the_clear(etcd) {
            out.push(CHECK.at(
                &listen.place,
                format!("etcd listens at {url} for the other members without TLS"),
            ));
        } else if let Some(place) = PEERS.lacks_certificate(etcd) {
            out.push(CHECK.at(&place, "etcd has no certificate and key for the other members"));
        }
    }
}
