//! Controllers that share one identity each have the rights of all of them.

use finding::{Fix, Severity};
use model::Program;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::argument;
use crate::reading::component_flag::{KINDS, NO_TWIN, switched};

pub(crate) const CHECK: Check = Check {
    id: "shared-controller-identity",
    title: "All controllers act as one user",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Cis("1.3.3"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Checkov("CKV_K8S_108"), Peer::Kubescape("C-0146"), Peer::Trivy("KCV-0035")],
    effort: Hours(1),
    fix: Fix::Review("Set `--use-service-account-credentials=true` for the controller manager"),
    edit: Edit::By(|flaw| argument::set(flaw, "use-service-account-credentials", "true")),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("shared_controller_identity.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for component in cx.components(Program::ControllerManager) {
        if let Some(place) = switched(component, "use-service-account-credentials", false, false) {
            out.push(
                CHECK.at(&place, "all controllers act with the rights of the controller manager"),
            );
        }
    }
}
