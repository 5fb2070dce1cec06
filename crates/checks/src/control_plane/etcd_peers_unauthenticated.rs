//! A stranger taken for a member of etcd has a vote in what the cluster is.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::component_flag::{KINDS, NO_TWIN};
use crate::reading::etcd::{self, PEERS};

pub(crate) const CHECK: Check = Check {
    id: "etcd-peers-unauthenticated",
    title: "etcd takes every caller for a member",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1190"), Cis("2.5"), Nsa(check::Nsa::Access), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_121"), Peer::Kubescape("C-0157"), Peer::Trivy("KCV-0046")],
    effort: Hours(4),
    fix: Fix::Manual("Set `--peer-client-cert-auth=true` and `--peer-trusted-ca-file` for etcd"),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("etcd_peers_unauthenticated.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for etcd in etcd::all(cx) {
        if let Some(place) = PEERS.admits_anybody(etcd) {
            out.push(CHECK.at(&place, "etcd asks whoever calls as a member for no certificate"));
        }
    }
}
