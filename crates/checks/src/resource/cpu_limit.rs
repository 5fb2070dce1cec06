//! A CPU limit below one core stops a program although the node is idle.

use std::collections::BTreeSet;

use finding::{Change, Confidence, Fix, Severity};
use model::tree::Node;
use model::{Container, Kinds, Workload, kinds, quantity};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::allowance::{said, stays};
use crate::reading::observed::is_observed_only;

pub(crate) const CHECK: Check = Check {
    id: "cpu-limit",
    title: "Container is stopped although its node is idle",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Scalability,
    scope: Scope::Namespace,
    sees: &[kinds::RESOURCE_QUOTA, kinds::SERVICE],
    effort: Hours(1),
    fix: Fix::Review("Remove the CPU limit; what it said is the request, where there is none"),
    edit: Edit::By(mend),
    cel: Cel::Refused(
        "whether anybody calls the pod, and whether a quota asks for the limit, stands elsewhere",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("cpu_limit.md"))
};

/// One core, in thousandths.
const CORE: i128 = 1000;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let (bound, services) = (namespaces_that_ask(cx), cx.services());
    for workload in cx.workloads().filter(|it| !bound.contains(it.namespace())) {
        let is_called = services.selecting(workload).any(|it| !is_observed_only(it));
        if !is_called || is_guaranteed(workload) {
            continue;
        }
        let Some(first) = throttled(workload).next() else { continue };
        let message = format!(
            "container {} may use {} of a core and waits for the rest of every tenth of a second, \
             even on an idle node",
            first.name(),
            said(first.node(), "limits", "cpu").map_or("a part", Node::text),
        );
        out.push(CHECK.at(&first.place("resources.limits.cpu"), message));
    }
}

/// The containers that answer somebody and are held below one core.
fn throttled(workload: Workload<'_>) -> impl Iterator<Item = Container<'_>> {
    let is_alone = workload.containers().filter(stays).count() == 1;
    workload.containers().filter(move |it| {
        let answers = is_alone || it.ports().next().is_some();
        stays(it) && answers && limit(it).is_some_and(|it| 0 < it && it < CORE)
    })
}

/// Namespaces in which a quota admits no pod without a CPU limit.
fn namespaces_that_ask<'a>(cx: &Cx<'a>) -> BTreeSet<&'a str> {
    let quotas = cx.inventory().of(kinds::RESOURCE_QUOTA);
    let asking =
        quotas.filter(|it| it.get("spec.hard").is_some_and(|it| it.get("limits.cpu").is_some()));
    asking.map(model::Object::namespace).collect()
}

/// Whether requests and limits are equal throughout, which somebody chose to be scheduled first and
/// ended last.
fn is_guaranteed(workload: Workload<'_>) -> bool {
    let is_equal = |container: &Container<'_>, resource: &str| {
        let limit = said(container.node(), "limits", resource);
        let request = said(container.node(), "requests", resource).or(limit);
        limit.is_some() && limit.and_then(quantity::of) == request.and_then(quantity::of)
    };
    let mut containers = workload.containers().filter(stays);
    containers.all(|it| is_equal(&it, "cpu") && is_equal(&it, "memory"))
}

fn limit(container: &Container<'_>) -> Option<i128> {
    said(container.node(), "limits", "cpu").and_then(quantity::of)
}

/// Takes the limits away, and keeps what was asked for by them.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let Some(workload) = flaw.workload() else { return Vec::new() };
    throttled(workload).flat_map(|it| lift(&it)).collect()
}

fn lift(container: &Container<'_>) -> Vec<Change> {
    let Some(limit) = said(container.node(), "limits", "cpu") else { return Vec::new() };
    let of_container = container.node().path();
    let request = || {
        let amount = serde_json::json!(limit.text()).to_string();
        Change::set(format!("{of_container}.resources.requests.cpu"), amount)
    };
    let asks = said(container.node(), "requests", "cpu").is_some();
    let kept = (!asks).then(request);
    kept.into_iter().chain([Change::clear(limit.path())]).collect()
}
