//! What was judged, and what limits the verdicts.

use std::collections::BTreeSet;

use checks::{Check, Cx};
use finding::Coverage;
use model::{Inputs, SkipReason};

/// The checks that see what they need, and those that do not: what a cluster did not list is not
/// there for them, and is not missing either.
pub fn split(
    checks: &[&'static Check],
    inputs: &Inputs,
) -> (Vec<&'static Check>, Vec<&'static Check>) {
    let sees = |check: &&Check| {
        check.sees.iter().all(|kind| inputs.clusters.iter().all(|it| it.has_listed(*kind)))
    };
    checks.iter().copied().partition(sees)
}

/// Tells what the checks saw that ran, and names those that did not.
pub fn of(
    cx: &Cx<'_>,
    inputs: &Inputs,
    seeing: &[&'static Check],
    blind: &[&'static Check],
) -> Coverage {
    let not_judged = inputs.unasked.clone();
    let judged = inputs.objects - not_judged.values().sum::<usize>();
    let mut gaps = gaps(cx, inputs);
    if !blind.is_empty() {
        let (named, more) = first_of(&blind.iter().map(|check| check.id).collect());
        gaps.push(format!("not judged, for want of what was not listed: {named}{more}"));
    }
    Coverage { checks: seeing.len(), judged, not_judged, gaps }
}

fn gaps(cx: &Cx<'_>, inputs: &Inputs) -> Vec<String> {
    let mut gaps = Vec::new();
    match inputs.unreadable.len() {
        0 => {}
        1 => gaps.push("one part of the input could not be read".to_owned()),
        number => gaps.push(format!("{number} parts of the input could not be read")),
    }
    gaps.extend(inputs.unrendered.iter().map(ToString::to_string));
    if let Some(skipped) = inputs.skipped.get(&SkipReason::HelmTemplate) {
        let number = skipped.documents;
        gaps.push(format!(
            "{number} Helm template{} not rendered",
            if number == 1 { " was" } else { "s were" }
        ));
    }
    for cluster in &inputs.clusters {
        gaps.extend(cluster.gaps());
        if !cluster.kinds.is_empty() {
            let kinds = cluster.kinds.join(", ");
            gaps.push(format!("only {kinds} of cluster {} were to be listed", cluster.context));
        }
    }
    let unseen: BTreeSet<&str> = cx
        .rbac()
        .bindings()
        .filter(|binding| cx.rbac().role_of(binding).is_none())
        .map(|binding| binding.role().name)
        .collect();
    if !unseen.is_empty() {
        let (named, more) = first_of(&unseen);
        gaps.push(format!("roles that are bound but not in the input: {named}{more}"));
    }
    if !cx.rbac().is_complete() {
        gaps.push("more roles select each other than are joined here".to_owned());
    }
    if let Some(kind) = cx.policies().beyond() {
        gaps.push(format!("{kind} objects also decide who reaches whom and are not evaluated"));
    }
    gaps
}

fn first_of(names: &BTreeSet<&str>) -> (String, String) {
    let first: Vec<&str> = names.iter().copied().take(3).collect();
    let rest = names.len() - first.len();
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    (first.join(", "), more)
}
