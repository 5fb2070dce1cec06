//! What to do first.
//!
//! An action mends one check wherever it was found and so closes several findings. Worse ones come
//! first; among equals, the one that takes away most for each hour.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use finding::{Action, Finding, Severity};
use model::ObjectId;

/// How many objects an action names before it counts the rest.
const NAMED: usize = 2;

/// The actions that close the open findings, the most useful first.
pub fn plan(findings: &[Finding]) -> Vec<Action> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, it)| it.is_open()) {
        groups.entry(finding.check.as_ref()).or_default().push(index);
    }
    let mut ranked: Vec<(Rank<'_>, Action)> =
        groups.into_iter().map(|(check, closes)| rank(findings, check, closes)).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, action)| action).collect()
}

type Rank<'a> = (Reverse<Severity>, Reverse<u64>, &'a str);

fn rank<'a>(all: &[Finding], check: &'a str, closes: Vec<usize>) -> (Rank<'a>, Action) {
    let findings: Vec<&Finding> = closes.iter().filter_map(|&index| all.get(index)).collect();
    let severity = findings.iter().map(|it| it.severity).max().unwrap_or(Severity::Low);
    let objects: BTreeSet<&ObjectId> = findings.iter().map(|it| &*it.object).collect();
    let hours = hours(check, objects.len());
    let points: u64 = findings.iter().map(|it| points(it.weight())).sum();
    let action = Action {
        check: check.to_owned(),
        order: findings.first().map_or("", |it| it.fix.order()).to_owned(),
        scope: scope(&findings, &objects),
        severity,
        hours,
        closes,
    };
    ((Reverse(severity), Reverse(points * 1000 / u64::from(hours)), check), action)
}

/// Each further object is the same work again, done by one who knows how: a quarter of an hour.
fn hours(check: &str, objects: usize) -> u32 {
    let first = checks::find(check).map_or(1, |check| check.effort.0);
    let further = u32::try_from(objects.saturating_sub(1)).unwrap_or(u32::MAX);
    first.saturating_add(further.div_ceil(4))
}

/// Convex, so that one critical finding is not outweighed by a few low ones.
fn points(weight: u32) -> u64 {
    u64::from(weight) * u64::from(weight) / 1000
}

fn scope(findings: &[&Finding], objects: &BTreeSet<&ObjectId>) -> String {
    let named: Vec<String> = objects.iter().take(NAMED).map(ToString::to_string).collect();
    let mut scope = named.join(", ");
    if objects.len() > NAMED {
        let _ = write!(scope, " and {} more", objects.len() - NAMED);
        let spaces: BTreeSet<_> = findings.iter().map(|it| &it.object.namespace).collect();
        if spaces.len() > 1 {
            let _ = write!(scope, " in {} namespaces", spaces.len());
        }
    }
    scope
}
