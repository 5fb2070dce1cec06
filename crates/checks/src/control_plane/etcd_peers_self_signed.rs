//! Members that sign their own certificates prove nothing to each other.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Cis, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::component_flag::{KINDS, NO_TWIN};
use crate::reading::etcd::{self, PEERS};

pub(crate) const CHECK: Check = Check {
    id: "etcd-peers-self-signed",
    title: "Members of etcd sign their own certificates",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1557"), Cis("2.6"), Nsa(check::Nsa::Network)],
    peers: &[Peer::Kubescape("C-0158"), Peer::Trivy("KCV-0047")],
    effort: Hours(4),
    fix: Fix::Manual("Delete `--peer-auto-tls` and give etcd a certificate of a CA of its own"),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("etcd_peers_self_signed.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for etcd in etcd::all(cx) {
        if let Some(place) = PEERS.signs_itself(etcd) {
            out.push(CHECK.at(&place, "the members of etcd sign their own certificates"));
        }
    }
}
