//! The one pipeline: an inventory and what the user wants become a report.
//!
//! ```text
//! Inventory ─▶ checks ─▶ same findings joined ─▶ exceptions ─▶ baseline ─▶ actions ─▶ Report
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`config`] | what a user set in `ringfence.yaml` |
//! | [`accept`] | exceptions from annotations, and what became of each exception |
//! | [`actions`] | what to do first |
//! | [`coverage`] | what was judged, and what limits the verdicts |

pub mod accept;
pub mod actions;
pub mod config;
pub mod coverage;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use checks::{Check, Cx, Version};
use finding::{Finding, Fingerprint, Report, Summary};
use jiff::civil::Date;
use model::{Inputs, Inventory, Object};

pub use config::Config;

/// How to judge, apart from what is judged.
#[derive(Clone, Debug)]
pub struct Plan<'a> {
    /// The checks to run.
    pub checks: Vec<&'static Check>,
    /// What the user set.
    pub config: &'a Config,
    /// The day.
    pub today: Date,
    /// The version of Kubernetes that verdicts are meant for.
    pub kubernetes: Version,
    /// Findings that were there before.
    pub baseline: BTreeSet<Fingerprint>,
}

/// Judges an inventory.
pub fn scan(inventory: &Inventory, inputs: Inputs, plan: &Plan<'_>) -> Report {
    let cx = Cx::new(inventory, plan.today, plan.kubernetes, &plan.config.parameters);
    let mut findings = join(checks::context::run(&plan.checks, &cx));
    for finding in &mut findings {
        if let Some(severity) = plan.config.severities.get(finding.check.as_ref()) {
            finding.severity = *severity;
        }
    }
    let exceptions = accept::from_annotations(inventory);
    let exceptions = exceptions.into_iter().chain(plan.config.exceptions.iter().cloned().map(Ok));
    let exceptions = accept::apply(exceptions.collect(), &mut findings, plan.today);
    if !plan.baseline.is_empty() {
        let known = |finding: &Finding| plan.baseline.contains(&finding.fingerprint());
        findings.iter_mut().for_each(|finding| finding.known = known(finding));
    }
    sort(&mut findings);
    Report {
        coverage: coverage::of(&cx, &inputs, &plan.checks),
        summary: Summary::of(&findings),
        actions: actions::plan(&findings),
        inputs,
        findings,
        exceptions,
    }
}

/// Whether the pipeline needs an object at all; what it does not need is only counted.
pub fn wants(object: &Object) -> bool {
    checks::reads(object) || accept::is_annotated(object)
}

/// The same finding on the same object, given several times, is one finding at several places.
fn join(findings: Vec<Finding>) -> Vec<Finding> {
    let mut joined: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut places: BTreeMap<Fingerprint, usize> = BTreeMap::new();
    for finding in findings {
        match places.entry(finding.fingerprint()) {
            std::collections::btree_map::Entry::Occupied(place) => {
                joined[*place.get()].locations.extend(finding.locations);
            }
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(joined.len());
                joined.push(finding);
            }
        }
    }
    for finding in &mut joined {
        finding.locations.sort();
        finding.locations.dedup();
    }
    joined
}

/// The worst first; then by check, namespace, kind, name and field, so that the same input gives
/// the same bytes.
fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| key(a).cmp(&key(b)));
}

fn key(finding: &Finding) -> impl Ord + '_ {
    let id = &finding.object;
    let object = (&id.namespace, &id.kind, &id.name, &id.api_version);
    (Reverse(finding.severity), &finding.check, object, &finding.path)
}
