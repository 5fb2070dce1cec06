//! Pods of a priority that does not exist are refused.

use std::collections::BTreeSet;

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "unknown-priority-class",
    title: "Priority class does not exist",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Cluster,
    sees: &[kinds::PRIORITY_CLASS],
    peers: &[Peer::KubeLinter("priority-class-name")],
    effort: Hours(1),
    fix: Fix::Review("Name a PriorityClass that exists, or create it"),
    cel: Cel::Refused("the classes are other objects"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unknown_priority_class.md"))
};

const BUILT_IN: [&str; 2] = ["system-cluster-critical", "system-node-critical"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let classes = cx.inventory().of(kinds::PRIORITY_CLASS);
    let known: BTreeSet<&str> = classes.map(Object::name).collect();
    if known.is_empty() {
        return;
    }
    for workload in cx.workloads() {
        let class = workload.spec().get("priorityClassName").and_then(Node::as_text);
        let is_unknown = |it: &&str| !known.contains(it) && !BUILT_IN.contains(it);
        if let Some(class) = class.filter(is_unknown) {
            let message = format!("there is no PriorityClass {class}: its pods are refused");
            out.push(CHECK.at(&workload.place("priorityClassName"), message));
        }
    }
}
