//! Who talks to etcd without being asked who he is owns the cluster.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::component_flag::{KINDS, NO_TWIN};
use crate::reading::etcd::{self, CLIENTS};

pub(crate) const CHECK: Check = Check {
    id: "etcd-without-client-certificates",
    title: "etcd lets every caller in",
    severity: Severity::Critical,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1190"), Cis("2.2"), Nsa(check::Nsa::Access), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_117"), Peer::Kubescape("C-0154"), Peer::Trivy("KCV-0043")],
    effort: Hours(4),
    fix: Fix::Manual("Set `--client-cert-auth=true` and `--trusted-ca-file` for etcd"),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("etcd_without_client_certificates.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for etcd in etcd::all(cx) {
        if let Some(place) = CLIENTS.admits_anybody(etcd) {
            out.push(CHECK.at(&place, "etcd asks whoever calls for no certificate"));
        }
    }
}
