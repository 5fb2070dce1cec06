//! Secrets stand in etcd as they are.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "unencrypted-etcd",
    title: "Secrets stand in etcd in clear text",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1552"), Cis("1.2.27"), Owasp("K08")],
    peers: &[
        Peer::Checkov("CKV_K8S_104"),
        Peer::Kubescape("C-0066"),
        Peer::Kubescape("C-0141"),
        Peer::Kubescape("C-0244"),
        Peer::Trivy("KCV-0030"),
    ],
    effort: Hours(8),
    fix: Fix::Manual(
        "Write an EncryptionConfiguration with a KMS, and set --encryption-provider-config",
    ),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unencrypted_etcd.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let flags = ["encryption-provider-config", "experimental-encryption-provider-config"];
    for server in ApiServer::all(cx) {
        if flags.into_iter().all(|flag| server.lacks(flag)) {
            let message = "encryption-provider-config is missing: etcd holds Secrets in clear text";
            out.push(CHECK.at(&server.place(), message));
        }
    }
}
