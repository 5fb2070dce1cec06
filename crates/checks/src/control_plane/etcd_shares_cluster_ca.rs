//! Where etcd trusts the CA of the cluster, every client of the cluster may log in to etcd.

use finding::{Confidence, Fix, Severity};
use model::Program;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::component_flag::{KINDS, given};
use crate::reading::etcd::{self, CLIENTS};

pub(crate) const CHECK: Check = Check {
    id: "etcd-shares-cluster-ca",
    title: "etcd lets in every certificate of the cluster",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Cis("2.7"), Nsa(check::Nsa::Access), Owasp("K09")],
    peers: &[Peer::Kubescape("C-0159")],
    effort: Hours(8),
    fix: Fix::Manual("Give etcd a CA of its own, and the API servers a certificate of it"),
    cel: Cel::Refused("it compares etcd with the API server"),
    run,
    ..Check::on(KINDS, include_str!("etcd_shares_cluster_ca.md"))
};

/// Where kubeadm keeps the CA of the cluster.
const KUBEADM: &str = "/etc/kubernetes/pki/ca.crt";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let api_servers = cx.components(Program::ApiServer);
    let cas = api_servers.filter_map(|it| given(it, "client-ca-file"));
    let cas: Vec<&str> = cas.map(|flag| flag.value).chain([KUBEADM]).collect();
    for etcd in etcd::all(cx) {
        let Some(trusted) = given(etcd, CLIENTS.authority) else { continue };
        if cas.contains(&trusted.value) {
            let message = format!("etcd lets in every client of the cluster: {}", trusted.value);
            out.push(CHECK.at(&trusted.place, message));
        }
    }
}
