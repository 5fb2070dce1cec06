//! Two workloads that select the same pods count and disturb each other's.

use std::collections::BTreeMap;

use finding::{Fix, Severity};
use model::{Kinds, Node, Selector, Workload, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::controller::is_owned;

pub(crate) const CHECK: Check = Check {
    id: "overlapping-selector",
    title: "Workload selects the pods of another",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Namespace,
    effort: Hours(2),
    fix: Fix::Manual("Add a label to the selector and the template that the other does not have"),
    cel: Cel::Refused("the other workload is another object"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::DEPLOYMENT, kinds::STATEFUL_SET, kinds::DAEMON_SET, kinds::REPLICA_SET]),
        include_str!("overlapping_selector.md"),
    )
};

/// Pods by where they come from, their namespace and one of their labels. Manifests of several
/// files may never meet in one cluster.
type ByLabel<'a> = BTreeMap<[&'a str; 4], Vec<Workload<'a>>>;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let own = |it: &Workload<'_>| it.object().is(CHECK.kinds) && !is_owned(it.object());
    let workloads: Vec<Workload<'_>> = cx.workloads().filter(own).collect();
    let by_label = by_label(&workloads);
    for workload in &workloads {
        let object = workload.object();
        let Some(node) = object.get("spec.selector") else { continue };
        let Some(label) = node.get("matchLabels").and_then(|it| it.entries().next()) else {
            continue;
        };
        let selector = Selector::read(node);
        let candidates = by_label.get(&key(workload, label)).into_iter().flatten();
        let is_another = |it: &&Workload<'_>| it.object().id() != object.id();
        let mut others = candidates.filter(is_another);
        if let Some(other) = others.find(|it| selector.matches(it.labels())) {
            let (kind, name) = (other.object().kind(), other.object().name());
            let message = format!("its selector also matches the pods of {kind} {name}");
            out.push(CHECK.at(&object.place("spec.selector"), message));
        }
    }
}

fn by_label<'a>(workloads: &[Workload<'a>]) -> ByLabel<'a> {
    let mut by_label = ByLabel::new();
    for workload in workloads {
        let Some(node) = workload.object().get("spec.template.metadata.labels") else { continue };
        for label in node.entries() {
            by_label.entry(key(workload, label)).or_default().push(*workload);
        }
    }
    by_label
}

fn key<'a>(workload: &Workload<'a>, label: Node<'a>) -> [&'a str; 4] {
    let file = workload.object().origin().file().unwrap_or_default();
    [file, workload.namespace(), label.key(), label.text()]
}
