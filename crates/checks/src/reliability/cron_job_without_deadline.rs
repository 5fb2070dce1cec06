//! A run that was missed is made up for at any time.

use finding::{Fix, Severity};
use model::{Kinds, Type};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::controller::CRON_JOB;

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
    cel: Cel::Exact(
        "has(object.spec.startingDeadlineSeconds) && object.spec.startingDeadlineSeconds != null",
    ),
    run,
    ..Check::on(Kinds::of(&[CRON_JOB]), include_str!("cron_job_without_deadline.md"))
};

const FIELD: &str = "spec.startingDeadlineSeconds";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of(CRON_JOB) {
        if object.get(FIELD).is_none_or(|it| it.kind() == Type::Null) {
            let message = "a run that was missed starts whenever it can, however late";
            out.push(CHECK.at(&object.place(FIELD), message));
        }
    }
}
