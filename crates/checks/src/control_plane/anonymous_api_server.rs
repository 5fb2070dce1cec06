//! Whoever knows no name is let in as `system:anonymous`.

use finding::{Change, Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "anonymous-api-server",
    title: "API server lets in requests without a name",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1190"), Cis("1.2.1"), Nsa(check::Nsa::Access), Owasp("K06")],
    peers: &[
        Peer::Checkov("CKV_K8S_68"),
        Peer::Kubescape("C-0113"),
        Peer::Kubescape("C-0262"),
        Peer::Trivy("KCV-0001"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Set --anonymous-auth=false, or allow it for the health endpoints alone"),
    edit: Edit::By(refuse_anonymous),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("anonymous_api_server.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        let Some((place, said)) = server.default_true("anonymous-auth") else { continue };
        // With it the server switches anonymous requests off.
        if server.authorizers().is_some_and(|it| it.mode("AlwaysAllow").is_some()) {
            continue;
        }
        // A file may narrow it, or end it; what it says is judged there.
        if said || server.flag("authentication-config").is_none() {
            let how = if said { "is true" } else { "is not set, which means true" };
            let message = format!("anonymous-auth {how}: a request without a name is let in");
            out.push(CHECK.at(&place, message));
        }
    }
}

/// The kubelet asks without a name how the server is, and kubeadm tells it to.
fn refuse_anonymous(flaw: &Flaw<'_>) -> Vec<Change> {
    let is_asked = argument::probes(flaw).next().is_some();
    if is_asked || flaw.object().is(Kinds::of(&[kinds::CLUSTER_CONFIGURATION])) {
        return Vec::new();
    }
    argument::set(flaw, "anonymous-auth", "false")
}
