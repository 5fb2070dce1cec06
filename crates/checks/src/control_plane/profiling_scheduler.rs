//! Profiles show the inside of a running scheduler.

use finding::{Change, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Program, kinds};

use crate::check::Framework::{Cis, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::argument;
use crate::reading::component_flag::{NO_TWIN, given, switched};

pub(crate) const CHECK: Check = Check {
    id: "profiling-scheduler",
    title: "Scheduler serves profiles of itself",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Cis("1.4.1"), Nsa(check::Nsa::Access)],
    peers: &[Peer::Checkov("CKV_K8S_114"), Peer::Kubescape("C-0151"), Peer::Trivy("KCV-0040")],
    effort: Hours(1),
    fix: Fix::Review(
        "Set `--profiling=false` for the scheduler, or `enableProfiling: false` in its file",
    ),
    edit: Edit::By(hide),
    cel: NO_TWIN,
    run,
    ..Check::on(
        Kinds::of(&[kinds::POD, kinds::CLUSTER_CONFIGURATION, kinds::KUBE_SCHEDULER_CONFIGURATION]),
        include_str!("profiling_scheduler.md"),
    )
};

const MESSAGE: &str = "the scheduler serves profiles of itself";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for scheduler in cx.components(Program::Scheduler) {
        // With a file the scheduler ignores the flag.
        if given(scheduler, "config").is_some() {
            continue;
        }
        if let Some(place) = switched(scheduler, "profiling", true, true) {
            out.push(CHECK.at(&place, MESSAGE));
        }
    }
    for file in cx.inventory().of(kinds::KUBE_SCHEDULER_CONFIGURATION) {
        if file.get("enableProfiling").and_then(Node::as_bool) != Some(false) {
            out.push(CHECK.at(&file.place("enableProfiling"), MESSAGE));
        }
    }
}

fn hide(flaw: &Flaw<'_>) -> Vec<Change> {
    if flaw.object().is(Kinds::of(&[kinds::KUBE_SCHEDULER_CONFIGURATION])) {
        return vec![Change::set(flaw.path(), "false")];
    }
    argument::set(flaw, "profiling", "false")
}
