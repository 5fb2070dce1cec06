//! What was judged, and what limits the verdicts.

use std::collections::BTreeSet;

use checks::{Check, Cx};
use finding::Coverage;
use model::{Inputs, SkipReason};

/// Tells what the checks saw.
pub fn of(cx: &Cx<'_>, inputs: &Inputs, checks: &[&'static Check]) -> Coverage {
    let not_judged = inputs.unasked.clone();
    let judged = inputs.objects - not_judged.values().sum::<usize>();
    Coverage { checks: checks.len(), judged, not_judged, gaps: gaps(cx, inputs) }
}

fn gaps(cx: &Cx<'_>, inputs: &Inputs) -> Vec<String> {
    let mut gaps = Vec::new();
    match inputs.unreadable.len() {
        0 => {}
        1 => gaps.push("one part of the input could not be read".to_owned()),
        number => gaps.push(format!("{number} parts of the input could not be read")),
    }
    if let Some(skipped) = inputs.skipped.get(&SkipReason::HelmTemplate) {
        let number = skipped.documents;
        gaps.push(format!(
            "{number} Helm template{} not rendered; try `helm template CHART | ringfence scan -`",
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
