//! The API server refuses a pod that asks for more than it may use.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, quantity};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "request-above-limit",
    title: "Request is above the limit",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    effort: Hours(1),
    fix: Fix::Review("Lower the request or raise the limit"),
    cel: Cel::Refused("plain CEL cannot compare quantities, and the API server refuses it itself"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("request_above_limit.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads() {
        let containers =
            workload.containers().map(|it| (format!("container {}", it.name()), it.node()));
        for (name, node) in containers.chain([("the pod".to_owned(), workload.spec())]) {
            for request in above(node) {
                let message = format!(
                    "{name} requests more {} than its limit: the API server refuses the pod",
                    request.key()
                );
                out.push(CHECK.at(&Place::of(workload.object(), request), message));
            }
        }
    }
}

fn above(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let list = |name: &str| node.get("resources").and_then(|it| it.get(name));
    let limits = list("limits");
    list("requests").into_iter().flat_map(Node::entries).filter(move |request| {
        let limit = limits.and_then(|it| it.get(request.key())).and_then(quantity::of);
        quantity::of(*request).zip(limit).is_some_and(|(request, limit)| request > limit)
    })
}
