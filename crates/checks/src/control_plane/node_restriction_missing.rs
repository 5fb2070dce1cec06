//! Without `NodeRestriction`, each node may change all nodes and pods.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION, add_plugin};

pub(crate) const CHECK: Check = Check {
    id: "node-restriction-missing",
    title: "A node may change other nodes and their pods",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Cis("1.2.14"), Nsa(check::Nsa::Access), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_85"), Peer::Kubescape("C-0127"), Peer::Trivy("KCV-0016")],
    effort: Hours(2),
    fix: Fix::Review("Add NodeRestriction to --enable-admission-plugins"),
    edit: Edit::By(|flaw| add_plugin(flaw, "NodeRestriction")),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("node_restriction_missing.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        if let Some(place) = server.lacks_plugin("NodeRestriction") {
            let message = "NodeRestriction is not run: a node may change other nodes";
            out.push(CHECK.at(&place, message));
        }
    }
}
