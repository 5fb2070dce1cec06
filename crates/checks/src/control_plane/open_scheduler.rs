//! A scheduler that listens on every address can be called by whoever reaches the node.

use finding::{Fix, Severity};
use model::Program;

use crate::check::Framework::{Attack, Cis, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::argument::listen_locally;
use crate::reading::component_flag::{KINDS, NO_TWIN, listens_everywhere};

pub(crate) const CHECK: Check = Check {
    id: "open-scheduler",
    title: "Scheduler listens on every address of its node",
    severity: Severity::Low,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1613"), Cis("1.4.2"), Nsa(check::Nsa::Network)],
    peers: &[Peer::Checkov("CKV_K8S_115"), Peer::Kubescape("C-0152"), Peer::Trivy("KCV-0041")],
    effort: Hours(1),
    fix: Fix::Review("Set `--bind-address=127.0.0.1`"),
    edit: Edit::By(listen_locally),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("open_scheduler.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for component in cx.components(Program::Scheduler) {
        if let Some(place) = listens_everywhere(component) {
            out.push(CHECK.at(&place, "the scheduler listens on every address of its node"));
        }
    }
}
