//! Passwords in clear text, sent with each request.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "basic-auth-file",
    title: "API server takes passwords from a file",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1552"), Nsa(check::Nsa::Access), Owasp("K06")],
    peers: &[Peer::Checkov("CKV_K8S_69")],
    effort: Hours(4),
    fix: Fix::Manual("Give its users certificates or an identity provider, then remove the flag"),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("basic_auth_file.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx).filter(|server| server.minor < 19) {
        if let Some(flag) = server.flag("basic-auth-file") {
            let message = "basic-auth-file lets in whoever knows a password of a file";
            out.push(CHECK.at(&flag.place, message));
        }
    }
}
