//! Without an authority for clients, certificates prove nothing.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "client-ca-missing",
    title: "Nobody can come with a certificate",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Cis("1.2.25"), Nsa(check::Nsa::Access), Owasp("K06")],
    peers: &[Peer::Kubescape("C-0139"), Peer::Trivy("KCV-0028")],
    effort: Hours(4),
    fix: Fix::Review("Set --client-ca-file"),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("client_ca_missing.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx).filter(|server| server.lacks("client-ca-file")) {
        let message = "client-ca-file is missing: no client can prove by a certificate who it is";
        out.push(CHECK.at(&server.place(), message));
    }
}
