//! A run that was missed is made up for at any time.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Type, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "cron-job-without-deadline",
    title: "Missed run is made up for at any time",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    peers: &[Peer::KubeScore("cronjob-has-deadline")],
    effort: Hours(1),
    fix: Fix::Review("Set `startingDeadlineSeconds` to how late a run may start"),
    cel: Cel::Widened(
        "has(object.spec.startingDeadlineSeconds) && object.spec.startingDeadlineSeconds != null",
        "one that runs every hour or more often is refused too",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::CRON_JOB]), include_str!("cron_job_without_deadline.md"))
};

const FIELD: &str = "spec.startingDeadlineSeconds";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of(kinds::CRON_JOB) {
        let says = object.get(FIELD).is_some_and(|it| it.kind() != Type::Null);
        if !says && !is_frequent(object) {
            let message = "a run that was missed starts whenever it can, however late";
            out.push(CHECK.at(&object.place(FIELD), message));
        }
    }
}

/// Whether it runs every hour or more often: of the runs that were missed only the last is made up
/// for, which is late by the time between two of them.
fn is_frequent(object: &Object) -> bool {
    let schedule = object.get("spec.schedule").and_then(Node::as_str).unwrap_or_default();
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    matches!(fields.as_slice(), ["@hourly"] | [_, "*", "*", "*", "*"])
}
