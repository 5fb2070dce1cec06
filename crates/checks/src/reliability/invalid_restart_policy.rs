//! The API server refuses a job whose pods are restarted always, and a service whose pods are not.

use finding::{Change, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Workload, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};

pub(crate) const CHECK: Check = Check {
    id: "invalid-restart-policy",
    title: "Restart policy is not one that the kind allows",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    peers: &[Peer::KubeLinter("restart-policy"), Peer::KubeScore("cronjob-restartpolicy")],
    effort: Hours(1),
    fix: Fix::Review("Set `restartPolicy` to OnFailure or Never in a job, to Always elsewhere"),
    edit: Edit::By(mend),
    cel: Cel::Refused("the API server refuses it itself, before any policy is asked"),
    run,
    ..Check::on(
        Kinds::of(&[
            kinds::CRON_JOB,
            kinds::DAEMON_SET,
            kinds::DEPLOYMENT,
            kinds::JOB,
            kinds::REPLICATION_CONTROLLER,
            kinds::REPLICA_SET,
            kinds::STATEFUL_SET,
        ]),
        include_str!("invalid_restart_policy.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads().filter(|it| it.object().is(CHECK.kinds)) {
        if let Some(message) = judge(workload) {
            out.push(CHECK.at(&workload.place("restartPolicy"), message));
        }
    }
}

fn judge(workload: Workload<'_>) -> Option<String> {
    let kind = workload.object().kind();
    let policy = workload.spec().get("restartPolicy").and_then(Node::as_text).unwrap_or("Always");
    let (is_right, allowed) = match kind {
        "Job" | "CronJob" => (matches!(policy, "OnFailure" | "Never"), "OnFailure or Never"),
        _ => (policy == "Always", "Always"),
    };
    let message = format!("pods of a {kind} are restarted {allowed}, not {policy}: it is refused");
    (!is_right).then_some(message)
}

/// Whether a job tries again in the same pod is for people to say.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let is_job = matches!(flaw.object().kind(), "Job" | "CronJob");
    (!is_job).then(|| Change::set(flaw.path(), "\"Always\"")).into_iter().collect()
}
