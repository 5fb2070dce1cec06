//! The API server takes anybody on a node address for its kubelet.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "unverified-kubelet",
    title: "API server does not verify the kubelets it calls",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Cis("1.2.5"), Nsa(check::Nsa::Network), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_73"), Peer::Kubescape("C-0117"), Peer::Trivy("KCV-0006")],
    effort: Hours(8),
    fix: Fix::Review(
        "Set --kubelet-certificate-authority to the authority that signs the serving certificates",
    ),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unverified_kubelet.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx).filter(|it| it.lacks("kubelet-certificate-authority")) {
        let message =
            "kubelet-certificate-authority is missing: whoever answers passes for the kubelet";
        out.push(CHECK.at(&server.place(), message));
    }
}
