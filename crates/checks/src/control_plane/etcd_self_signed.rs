//! A certificate that etcd signs itself proves nothing to whoever calls.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Cis, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::component_flag::{KINDS, NO_TWIN};
use crate::reading::etcd::{self, CLIENTS};

pub(crate) const CHECK: Check = Check {
    id: "etcd-self-signed",
    title: "etcd signs its own certificate",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1557"), Cis("2.3"), Nsa(check::Nsa::Network)],
    peers: &[Peer::Checkov("CKV_K8S_118"), Peer::Kubescape("C-0155"), Peer::Trivy("KCV-0044")],
    effort: Hours(4),
    fix: Fix::Manual("Delete `--auto-tls` and give etcd a certificate of a CA of its own"),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("etcd_self_signed.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for etcd in etcd::all(cx) {
        if let Some(place) = CLIENTS.signs_itself(etcd) {
            out.push(CHECK.at(&place, "etcd signs its own certificate for clients"));
        }
    }
}
