//! What to do first.
//!
//! An action mends one check in one namespace and so closes several findings. Worse ones come
//! first; among equals, the one that takes away most for each hour.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use finding::{Action, Finding, Severity};

/// How many objects an action names before it counts the rest.
const NAMED: usize = 2;

/// The actions that close the open findings, the most useful first.
pub fn plan(findings: &[Finding]) -> Vec<Action> {
    let mut groups: BTreeMap<(&str, Option<&str>), Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, it)| it.is_open()) {
        let key = (finding.check.as_ref(), finding.object.namespace.as_deref());
        groups.entry(key).or_default().push(index);
    }
    let mut ranked: Vec<(Rank, Action)> = groups
        .into_iter()
        .map(|((check, namespace), closes)| rank(findings, check, namespace, closes))
        .collect();
    ranked.sort_by(|(a, _), (b, _)| a.cmp(b));
    ranked.into_iter().map(|(_, action)| action).collect()
}

type Rank = (Reverse<Severity>, Reverse<u64>, String, String);

fn rank(
    findings: &[Finding],
    check: &str,
    namespace: Option<&str>,
    closes: Vec<usize>,
) -> (Rank, Action) {
    let closed = || closes.iter().filter_map(|&index| findings.get(index));
    let severity = closed().map(|it| it.severity).max().unwrap_or(Severity::Low);
    let mut objects: Vec<String> =
        closed().map(|it| format!("{} {}", it.object.kind, it.object.name)).collect();
    objects.sort();
    objects.dedup();
    let base = checks::find(check).map_or(1, |check| check.effort.0);
    // Each further object is the same work again, done by one who knows how.
    let further = u32::try_from(objects.len().saturating_sub(1)).unwrap_or(u32::MAX);
    let hours = base.saturating_add(further.div_ceil(4));
    let points: u64 = closed().map(|it| points(it.weight())).sum();
    let scope = scope(namespace, &objects);
    let order = closed().next().map_or("", |it| it.fix.order()).to_owned();
    let rank =
        (Reverse(severity), Reverse(points * 1000 / u64::from(hours)), check.into(), scope.clone());
    (rank, Action { check: check.to_owned(), order, scope, severity, closes, hours })
}

/// Convex, so that one critical finding is not outweighed by a few low ones.
fn points(weight: u32) -> u64 {
    u64::from(weight) * u64::from(weight) / 1000
}

fn scope(namespace: Option<&str>, objects: &[String]) -> String {
    let mut scope = namespace.map(|it| format!("{it}: ")).unwrap_or_default();
    let named: Vec<&str> = objects.iter().take(NAMED).map(String::as_str).collect();
    scope.push_str(&named.join(", "));
    if objects.len() > NAMED {
        scope.push_str(&format!(" and {} more", objects.len() - NAMED));
    }
    scope
}
