//! Pods that are not told the CA of the API server cannot tell it from an impostor.

use finding::{Fix, Severity};
use model::Program;

use crate::check::Framework::{Cis, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::component_flag::{KINDS, NO_TWIN, given};

pub(crate) const CHECK: Check = Check {
    id: "root-ca-missing",
    title: "Pods are not told the CA of the API server",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Cis("1.3.5"), Nsa(check::Nsa::Access)],
    peers: &[Peer::Checkov("CKV_K8S_111"), Peer::Kubescape("C-0148"), Peer::Trivy("KCV-0037")],
    effort: Hours(1),
    fix: Fix::Review("Set `--root-ca-file` for the controller manager"),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("root_ca_missing.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for component in cx.components(Program::ControllerManager) {
        if given(component, "root-ca-file").is_none() {
            out.push(CHECK.at(
                &component.place(),
                "the controller manager is not told which CA to publish to pods",
            ));
        }
    }
}
