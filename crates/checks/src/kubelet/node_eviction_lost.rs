//! Thresholds that name one resource turn the protection of all others off.

use finding::{Change, Fix, Severity};
use model::kinds;
use model::tree::{Node, Type};
use model::{Kinds, Object};

use crate::check::{Audience, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::kubelet_setting;

pub(crate) const CHECK: Check = Check {
    id: "node-eviction-lost",
    title: "Node does not evict pods before it runs out",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[],
    effort: Hours(1),
    fix: Fix::Review(
        "Name all signals in `evictionHard`, or set `mergeDefaultEvictionSettings` to true",
    ),
    edit: Edit::By(evict),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(Kinds::of(&[kinds::KUBELET_CONFIGURATION]), include_str!("node_eviction_lost.md"))
};

/// Signals without which a node runs full: of memory, and of disk.
const SIGNALS: [&str; 2] = ["memory.available", "nodefs.available"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for file in cx.inventory().of(kinds::KUBELET_CONFIGURATION) {
        let lost = lost(file);
        if !lost.is_empty() {
            let message = format!("the node evicts no pod for want of {}", lost.join(" and "));
            out.push(CHECK.at(&file.place("evictionHard"), message));
        }
    }
}

/// The signals that a file turns off. One that does not have the field gets the defaults.
fn lost(file: &Object) -> Vec<&'static str> {
    let Some(hard) = file.get("evictionHard").filter(|it| it.kind() == Type::Map) else {
        return Vec::new();
    };
    let merges = file.get("mergeDefaultEvictionSettings").and_then(Node::as_bool) == Some(true);
    let is_lost = |signal: &&&str| match hard.get(signal) {
        Some(threshold) => is_off(threshold.text()),
        None => !merges,
    };
    SIGNALS.iter().filter(is_lost).copied().collect()
}

fn is_off(threshold: &str) -> bool {
    let number = threshold.trim_end_matches(|c: char| !c.is_ascii_digit());
    threshold == "100%" || number.parse::<f64>().is_ok_and(|number| number == 0.0)
}

/// What a node evicts at by default.
const DEFAULTS: [(&str, &str); 2] =
    [("memory.available", "\"100Mi\""), ("nodefs.available", "\"10%\"")];

fn evict(flaw: &Flaw<'_>) -> Vec<Change> {
    let lost = lost(flaw.object());
    let defaults = DEFAULTS.into_iter().filter(|(signal, _)| lost.contains(signal));
    let set = |(signal, at)| Change::set(format!("evictionHard[\"{signal}\"]"), at);
    defaults.map(set).collect()
}
