//! Runs that hang pile up.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Type, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "overlapping-cron-job",
    title: "Runs of a CronJob may pile up",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    effort: Hours(1),
    fix: Fix::Review("Set `concurrencyPolicy: Forbid`, and `activeDeadlineSeconds` on the job"),
    cel: Cel::Exact(
        "has(object.spec.concurrencyPolicy) && object.spec.concurrencyPolicy != 'Allow' \
         || has(object.spec.jobTemplate.spec.activeDeadlineSeconds) \
         || has(variables.podSpec.activeDeadlineSeconds)",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::CRON_JOB]), include_str!("overlapping_cron_job.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of(kinds::CRON_JOB) {
        let policy = object.get("spec.concurrencyPolicy").and_then(Node::as_text);
        if policy.is_none_or(|it| it == "Allow") && !ends(object) {
            let message = "a new run starts while others hang, and nothing ends those";
            out.push(CHECK.at(&object.place("spec.concurrencyPolicy"), message));
        }
    }
}

/// Whether something ends a run that takes too long: a deadline of the job or of its pod.
fn ends(object: &Object) -> bool {
    let deadlines = [
        "spec.jobTemplate.spec.activeDeadlineSeconds",
        "spec.jobTemplate.spec.template.spec.activeDeadlineSeconds",
    ];
    let mut said = deadlines.into_iter().filter_map(|path| object.get(path));
    said.any(|it| it.kind() != Type::Null)
}
