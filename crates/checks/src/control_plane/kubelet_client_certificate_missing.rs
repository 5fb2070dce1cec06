//! Without a client certificate the API server is nobody to the kubelets.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "kubelet-client-certificate-missing",
    title: "API server does not tell kubelets who it is",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Cis("1.2.4"), Nsa(check::Nsa::Access), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_72"), Peer::Kubescape("C-0116"), Peer::Trivy("KCV-0005")],
    effort: Hours(4),
    fix: Fix::Review("Set --kubelet-client-certificate and --kubelet-client-key"),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("kubelet_client_certificate_missing.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        let lacking = server.lacking(&["kubelet-client-certificate", "kubelet-client-key"]);
        if !lacking.is_empty() {
            let message =
                format!("{} missing: kubelets are called anonymously", lacking.join(" and "));
            out.push(CHECK.at(&server.place(), message));
        }
    }
}
