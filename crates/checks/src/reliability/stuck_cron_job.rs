//! One run that hangs keeps all others from starting.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Type, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "stuck-cron-job",
    title: "One run that hangs stops a CronJob for ever",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    effort: Hours(1),
    fix: Fix::Review("Set `activeDeadlineSeconds` in the job template"),
    cel: Cel::Exact(
        "!has(object.spec.concurrencyPolicy) || object.spec.concurrencyPolicy != 'Forbid' \
         || has(object.spec.jobTemplate.spec.activeDeadlineSeconds) \
         || has(variables.podSpec.activeDeadlineSeconds)",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::CRON_JOB]), include_str!("stuck_cron_job.md"))
};

const DEADLINE: &str = "spec.jobTemplate.spec.activeDeadlineSeconds";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of(kinds::CRON_JOB) {
        let policy = object.get("spec.concurrencyPolicy").and_then(Node::as_str);
        if policy == Some("Forbid") && !ends(object) {
            let message = "a run that hangs is never ended, and no other starts before it has";
            out.push(CHECK.at(&object.place(DEADLINE), message));
        }
    }
}

fn ends(object: &Object) -> bool {
    let of_pod = "spec.jobTemplate.spec.template.spec.activeDeadlineSeconds";
    let mut said = [DEADLINE, of_pod].into_iter().filter_map(|path| object.get(path));
    said.any(|it| it.kind() != Type::Null)
}
