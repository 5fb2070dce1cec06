//! A job that is done stays in the cluster until somebody deletes it.

use finding::{Fix, Severity};
use model::{Kinds, Object, Type, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::controller::is_owned;

pub(crate) const CHECK: Check = Check {
    id: "finished-job-kept",
    title: "Finished job stays for ever",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    peers: &[Peer::KubeLinter("job-ttl-seconds-after-finished")],
    effort: Hours(1),
    fix: Fix::Review("Set `ttlSecondsAfterFinished`"),
    cel: Cel::Exact(
        "has(object.spec.ttlSecondsAfterFinished) && object.spec.ttlSecondsAfterFinished != null \
         || has(object.metadata.ownerReferences) && object.metadata.ownerReferences.size() > 0 \
         || has(object.metadata.annotations) \
         && ('helm.sh/hook' in object.metadata.annotations \
         || 'argocd.argoproj.io/hook' in object.metadata.annotations)",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::JOB]), include_str!("finished_job_kept.md"))
};

const FIELD: &str = "spec.ttlSecondsAfterFinished";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of(kinds::JOB).filter(|it| !is_tidied(it)) {
        if object.get(FIELD).is_none_or(|it| it.kind() == Type::Null) {
            let message = "the job and its pods stay after its end until somebody deletes them";
            out.push(CHECK.at(&object.place(FIELD), message));
        }
    }
}

/// Whether somebody deletes a job: what made it, or the tool that it is a hook of.
fn is_tidied(job: &Object) -> bool {
    let hooks = ["helm.sh/hook", "argocd.argoproj.io/hook"];
    is_owned(job) || hooks.into_iter().any(|it| job.annotation(it).is_some())
}
