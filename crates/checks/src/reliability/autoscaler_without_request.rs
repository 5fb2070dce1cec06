//! An autoscaler that measures parts of a request cannot measure without one.

use std::collections::BTreeSet;

use finding::{Fix, Severity};
use model::tree::{Node, Type};
use model::{Container, Kinds, Object, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::allowance::{Allowances, stays};
use crate::reading::autoscaler::Autoscalers;

pub(crate) const CHECK: Check = Check {
    id: "autoscaler-without-request",
    title: "Autoscaler measures by a request that is not there",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Namespace,
    sees: &[kinds::HORIZONTAL_POD_AUTOSCALER, kinds::LIMIT_RANGE],
    effort: Hours(1),
    fix: Fix::Review("Set the request, or let the autoscaler aim at an average value"),
    cel: Cel::Refused("the autoscaler is another object"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("autoscaler_without_request.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let (autoscalers, allowances) = (Autoscalers::of(cx), Allowances::of(cx));
    for workload in cx.workloads() {
        let Some(autoscaler) = autoscalers.of_object(workload.object()) else { continue };
        for (resource, only) in measured(autoscaler.object()) {
            let lacks = |it: &Container<'_>| {
                stays(it)
                    && only.is_none_or(|only| only == it.name())
                    && !allowances.is_requested(it, resource)
            };
            let Some(container) = workload.containers().find(lacks) else { continue };
            let message = format!(
                "container {} requests no {resource}, of which autoscaler {} measures the used \
                 part: it does not scale",
                container.name(),
                autoscaler.object().name()
            );
            out.push(CHECK.at(&container.place(path(resource)), message));
        }
    }
}

fn path(resource: &str) -> &'static str {
    if resource == "cpu" { "resources.requests.cpu" } else { "resources.requests.memory" }
}

/// The resources of which an autoscaler measures how much of the request is used, each of one
/// container or of all. Without any metric that is CPU of all.
fn measured(object: &Object) -> BTreeSet<(&str, Option<&str>)> {
    if object.group() != kinds::HORIZONTAL_POD_AUTOSCALER.group {
        return BTreeSet::new();
    }
    let mut metrics = object.get("spec.metrics").into_iter().flat_map(Node::items).peekable();
    if metrics.peek().is_none() {
        return BTreeSet::from([("cpu", None)]);
    }
    metrics.filter_map(metric).collect()
}

fn metric(metric: Node<'_>) -> Option<(&str, Option<&str>)> {
    let source = metric.get("resource").or_else(|| metric.get("containerResource"))?;
    let kind = source.at("target.type").and_then(Node::as_str);
    let old = source.get("targetAverageUtilization").filter(|it| it.kind() == Type::Int);
    let resource = source.get("name").and_then(Node::as_str)?;
    let is_known = matches!(resource, "cpu" | "memory");
    let is_part = kind == Some("Utilization") || old.is_some();
    let container = source.get("container").and_then(Node::as_text);
    (is_known && is_part).then_some((resource, container))
}
