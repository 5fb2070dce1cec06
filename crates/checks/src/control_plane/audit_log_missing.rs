//! Without an audit log nobody can tell what happened.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "audit-log-missing",
    title: "API server keeps no record of requests",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1562"), Cis("1.2.16"), Nsa(check::Nsa::Logging), Owasp("K05")],
    peers: &[
        Peer::Checkov("CKV_K8S_91"),
        Peer::Kubescape("C-0067"),
        Peer::Kubescape("C-0130"),
        Peer::Kubescape("C-0254"),
        Peer::Trivy("KCV-0019"),
    ],
    effort: Hours(8),
    fix: Fix::Review("Set --audit-log-path and --audit-policy-file, and send the log off the node"),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("audit_log_missing.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        let backends = ["audit-log-path", "audit-webhook-config-file"];
        if backends.into_iter().all(|backend| server.lacks(backend)) {
            let message = "neither an audit log nor an audit webhook: no request leaves a trace";
            out.push(CHECK.at(&server.place(), message));
        }
    }
}
