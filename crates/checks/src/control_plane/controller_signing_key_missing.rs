//! Without a key of its own the controller manager leaves token Secrets empty.

use finding::{Fix, Severity};
use model::Program;

use crate::check::Framework::{Cis, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::component_flag::{KINDS, NO_TWIN, given};

pub(crate) const CHECK: Check = Check {
    id: "controller-signing-key-missing",
    title: "Controller manager has no key for service account tokens",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Cis("1.3.4"), Nsa(check::Nsa::Access)],
    peers: &[Peer::Checkov("CKV_K8S_110"), Peer::Kubescape("C-0147"), Peer::Trivy("KCV-0036")],
    effort: Hours(1),
    fix: Fix::Review("Set `--service-account-private-key-file` for the controller manager"),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("controller_signing_key_missing.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for component in cx.components(Program::ControllerManager) {
        if given(component, "service-account-private-key-file").is_none() {
            out.push(CHECK.at(
                &component.place(),
                "the controller manager has no key to sign service account tokens with",
            ));
        }
    }
}
