//! A pod that is given no time loses what it was doing.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Workload};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::allowance::stays;
use crate::reading::idle::is_idle;

pub(crate) const CHECK: Check = Check {
    id: "abrupt-termination",
    title: "Pod is ended without a moment to finish",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    effort: Hours(1),
    fix: Fix::Review(
        "Set `terminationGracePeriodSeconds` to 30, or to as long as the program needs",
    ),
    edit: Edit::Set("30"),
    cel: Cel::Widened(
        "!has(variables.podSpec.terminationGracePeriodSeconds) \
         || variables.podSpec.terminationGracePeriodSeconds != 0",
        "a pod that only sleeps is refused too",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("abrupt_termination.md"))
};

const FIELD: &str = "terminationGracePeriodSeconds";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads() {
        if workload.spec().get(FIELD).and_then(Node::as_i64) == Some(0) && !sleeps(workload) {
            let message = "its processes are killed at once: requests and writes break off";
            out.push(CHECK.at(&workload.place(FIELD), message));
        }
    }
}

/// Whether nothing in a pod does anything that could break off.
fn sleeps(workload: Workload<'_>) -> bool {
    workload.containers().filter(stays).all(|it| is_idle(&it))
}
