//! The API server refuses an object with a label that is none.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, Type};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "invalid-label",
    title: "Label is one that the API server refuses",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    peers: &[Peer::KubeScore("label-values")],
    effort: Hours(1),
    fix: Fix::Review("Use letters, digits, dots, dashes and underscores, and no more than 63"),
    cel: Cel::Refused("the API server refuses it itself, before any policy is asked"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("invalid_label.md"))
};

/// The longest name and value of a label, in bytes.
const LONGEST: usize = 63;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    // A cluster has refused them already, and a dump holds a note in place of what it kept back.
    let objects = cx.workloads().map(|workload| workload.object());
    for object in objects.filter(|it| it.origin().file().is_some()) {
        let maps = ["metadata.labels", "spec.template.metadata.labels"].into_iter();
        for label in maps.filter_map(|path| object.get(path)).flat_map(Node::entries) {
            if let Some(why) = refused(label) {
                let message = format!("label {:?} {why}: the object is refused", label.key());
                out.push(CHECK.at(&Place::of(object, label), message));
            }
        }
    }
}

/// Why a label is refused. Another type than text is for a check of its own, and what a template
/// has yet to fill in is not judged.
fn refused(label: Node<'_>) -> Option<&'static str> {
    let is_open = |text: &str| text.contains(['{', '}', '<', '>', '$']);
    if label.kind() != Type::Str || is_open(label.key()) || is_open(label.text()) {
        return None;
    }
    let name = label.key().rsplit_once('/').map_or(label.key(), |(_, name)| name);
    match (label.text(), name) {
        (value, _) if value.len() > LONGEST => Some("has a value of more than 63 letters"),
        (value, _) if !value.is_empty() && !is_word(value) => Some("has a value that is none"),
        (_, name) if name.len() > LONGEST => Some("has a name of more than 63 letters"),
        (_, name) if !is_word(name) => Some("has a name that is none"),
        _ => None,
    }
}

/// Letters, digits, dots, dashes and underscores, with a letter or digit at both ends.
fn is_word(text: &str) -> bool {
    let is_end = |byte: Option<u8>| byte.is_some_and(|it| it.is_ascii_alphanumeric());
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    is_end(text.bytes().next()) && is_end(text.bytes().last()) && text.bytes().all(is_inner)
}
