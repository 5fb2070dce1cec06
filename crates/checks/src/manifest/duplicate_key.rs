//! A key that stands twice: whoever reads the first line is misled.

use finding::{Change, Confidence, Finding, Fix, Severity, To};
use model::tree::Duplicate;
use model::{Kinds, Object, Place};

use crate::check::Framework::Owasp;
use crate::check::{Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "duplicate-key",
    title: "Key stands twice in one mapping",
    severity: Severity::Medium,
    confidence: Confidence::Proven,
    ring: Ring::Two,
    layer: Layer::Code,
    dimension: Dimension::Pipeline,
    scope: Scope::Object,
    frameworks: &[Owasp("K01")],
    effort: Hours(1),
    fix: Fix::Safe("Keep the last line, which is the one that counts, and delete the others"),
    edit: Edit::By(|flaw| vec![Change { path: flaw.path().to_owned(), to: To::Once }]),
    cel: Cel::Refused("in the object that admission sees each key stands once"),
    run,
    ..Check::on(Kinds::ALL, include_str!("duplicate_key.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().objects() {
        let duplicates = object.tree().duplicates().iter();
        duplicates.for_each(|duplicate| out.push(finding(object, duplicate)));
    }
}

fn finding(object: &Object, duplicate: &Duplicate) -> Finding {
    let Duplicate { key, within, first, again, .. } = duplicate;
    let around = if within.is_empty() { "the object" } else { within };
    let positions = if first.line == again.line {
        format!("on line {}, in columns {} and {}", first.line, first.column, again.column)
    } else {
        format!("on lines {} and {}", first.line, again.line)
    };
    let message = format!("key {key} stands twice in {around}, {positions}; the last one counts");
    let mut finding = CHECK.at(&Place::of(object, object.root()), message);
    finding.path = duplicate.path().into();
    for location in &mut finding.locations {
        (location.line, location.column) = (again.line, again.column);
    }
    finding
}
