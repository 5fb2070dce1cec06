//! A certificate that the API server made for itself.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "self-signed-api-server",
    title: "API server shows a certificate that it made itself",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Cis("1.2.24"), Nsa(check::Nsa::Network), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_100"), Peer::Kubescape("C-0138"), Peer::Trivy("KCV-0027")],
    effort: Hours(2),
    fix: Fix::Review("Set --tls-cert-file and --tls-private-key-file"),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("self_signed_api_server.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        let lacking = server.lacking(&["tls-cert-file", "tls-private-key-file"]);
        if !lacking.is_empty() {
            let message = format!(
                "{} missing: the server makes a certificate of its own",
                lacking.join(" and ")
            );
            out.push(CHECK.at(&server.place(), message));
        }
    }
}
