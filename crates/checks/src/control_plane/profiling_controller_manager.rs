//! Profiles show the inside of a running controller manager.

use finding::{Fix, Severity};
use model::Program;

use crate::check::Framework::{Cis, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::argument;
use crate::reading::component_flag::{KINDS, NO_TWIN, switched};

pub(crate) const CHECK: Check = Check {
    id: "profiling-controller-manager",
    title: "Controller manager serves profiles of itself",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Cis("1.3.2"), Nsa(check::Nsa::Access)],
    peers: &[Peer::Checkov("CKV_K8S_107"), Peer::Kubescape("C-0145"), Peer::Trivy("KCV-0034")],
    effort: Hours(1),
    fix: Fix::Review("Set `--profiling=false` for the controller manager"),
    edit: Edit::By(|flaw| argument::set(flaw, "profiling", "false")),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("profiling_controller_manager.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for component in cx.components(Program::ControllerManager) {
        if let Some(place) = switched(component, "profiling", true, true) {
            out.push(CHECK.at(&place, "the controller manager serves profiles of itself"));
        }
    }
}
