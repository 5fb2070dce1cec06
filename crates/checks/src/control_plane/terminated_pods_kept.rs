//! Pods that ended and are never deleted fill the database.

use finding::{Fix, Severity};
use model::Program;

use crate::check::Framework::Cis;
use crate::check::{Audience, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::argument;
use crate::reading::component_flag::{KINDS, NO_TWIN, given};

pub(crate) const CHECK: Check = Check {
    id: "terminated-pods-kept",
    title: "Pods that ended are never deleted",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Cis("1.3.1")],
    peers: &[Peer::Checkov("CKV_K8S_106"), Peer::Kubescape("C-0144"), Peer::Trivy("KCV-0033")],
    effort: Hours(1),
    fix: Fix::Review("Delete `--terminated-pod-gc-threshold`, or set it above zero"),
    edit: Edit::By(argument::remove),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("terminated_pods_kept.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for component in cx.components(Program::ControllerManager) {
        let Some(flag) = given(component, "terminated-pod-gc-threshold") else { continue };
        if flag.value.parse::<i64>().is_ok_and(|threshold| threshold <= 0) {
            out.push(
                CHECK.at(&flag.place, "pods that ended are never deleted: the threshold is off"),
            );
        }
    }
}
