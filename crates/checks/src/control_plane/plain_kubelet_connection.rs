//! The API server is told to talk to kubelets without TLS.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "plain-kubelet-connection",
    title: "API server is told to talk to kubelets without TLS",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1552"), Nsa(check::Nsa::Network), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_71"), Peer::Trivy("KCV-0004")],
    effort: Hours(1),
    fix: Fix::Review("Remove --kubelet-https=false"),
    edit: Edit::By(argument::remove),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("plain_kubelet_connection.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx).filter(|server| server.minor < 19) {
        if let Some(place) = server.off("kubelet-https") {
            out.push(CHECK.at(&place, "kubelet-https is false: kubelets are called without TLS"));
        }
    }
}
