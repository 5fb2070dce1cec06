//! The tokens of service accounts hang on the key of the server certificate.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "account-key-missing",
    title: "Tokens are verified with the key of the server certificate",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Cis("1.2.22"), Nsa(check::Nsa::Access), Owasp("K06")],
    peers: &[Peer::Checkov("CKV_K8S_97"), Peer::Kubescape("C-0136"), Peer::Trivy("KCV-0025")],
    effort: Hours(4),
    fix: Fix::Review("Set --service-account-key-file to the public half of a key of its own"),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("account_key_missing.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in
        ApiServer::all(cx).filter(|it| it.flag("service-account-signing-endpoint").is_none())
    {
        if server.lacks("service-account-key-file") {
            let message =
                "service-account-key-file is missing: the key of the certificate verifies tokens";
            out.push(CHECK.at(&server.place(), message));
        }
    }
}
