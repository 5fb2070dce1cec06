//! A token that was deleted, and that still opens.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "revoked-account-still-valid",
    title: "Tokens stay valid after they are deleted",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Cis("1.2.21"), Nsa(check::Nsa::Access), Owasp("K06")],
    peers: &[Peer::Checkov("CKV_K8S_96"), Peer::Kubescape("C-0135"), Peer::Trivy("KCV-0024")],
    effort: Hours(1),
    fix: Fix::Review("Remove --service-account-lookup=false"),
    edit: Edit::By(argument::remove),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("revoked_account_still_valid.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        if let Some(place) = server.off("service-account-lookup") {
            let message =
                "service-account-lookup is false: deleted tokens of service accounts stay valid";
            out.push(CHECK.at(&place, message));
        }
    }
}
