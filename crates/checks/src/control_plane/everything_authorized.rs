//! With `AlwaysAllow`, every request that gets in may do everything.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{Authorizers, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "everything-authorized",
    title: "API server allows every request",
    severity: Severity::Critical,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::AUTHORIZATION_CONFIGURATION, kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Cis("1.2.6"), Nsa(check::Nsa::Access), Owasp("K09")],
    peers: &[
        Peer::Checkov("CKV_K8S_74"),
        Peer::Checkov("CKV_K8S_75"),
        Peer::Checkov("CKV_K8S_77"),
        Peer::Kubescape("C-0088"),
        Peer::Kubescape("C-0118"),
        Peer::Kubescape("C-0119"),
        Peer::Kubescape("C-0120"),
        Peer::Trivy("KCV-0007"),
        Peer::Trivy("KCV-0008"),
        Peer::Trivy("KCV-0009"),
    ],
    effort: Hours(16),
    fix: Fix::Manual(
        "Set --authorization-mode=Node,RBAC, with roles for whoever relied on everything",
    ),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("everything_authorized.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for authorizers in Authorizers::all(cx) {
        if let Some(mode) = authorizers.mode("AlwaysAllow") {
            let message =
                "AlwaysAllow is an authorizer: every request that gets in may do everything";
            out.push(CHECK.at(&mode.place, message));
        }
    }
}
