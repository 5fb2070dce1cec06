//! Passwords in a file that lives as long as the API server.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "static-token-file",
    title: "API server takes tokens from a static file",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1552"), Cis("1.2.2"), Nsa(check::Nsa::Access), Owasp("K06")],
    peers: &[Peer::Checkov("CKV_K8S_70"), Peer::Kubescape("C-0114"), Peer::Trivy("KCV-0002")],
    effort: Hours(4),
    fix: Fix::Manual(
        "Give its users certificates, accounts or an identity provider, then remove the flag",
    ),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("static_token_file.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        if let Some(flag) = server.flag("token-auth-file") {
            let message = "token-auth-file lets in whoever has a token that never ends";
            out.push(CHECK.at(&flag.place, message));
        }
    }
}
