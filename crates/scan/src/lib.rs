//! The one pipeline: an inventory and what the user wants become a report.
//!
//! ```text
//! Inventory ─▶ checks ─▶ same findings joined ─▶ exceptions ─▶ baseline ─▶ actions ─▶ Report
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`config`] | what a user set in `ringfence.yaml`, and where |
//! | [`origin`] | where a setting comes from |
//! | [`explain`] | what is in force, why, and what else could be |
//! | [`schema`] | what `ringfence.yaml` may hold, for editors |
//! | [`starter`] | a `ringfence.yaml` to begin with |
//! | [`policy`] | what the settings may not loosen, signed |
//! | [`accept`] | exceptions from annotations, and what became of each exception |
//! | [`acceptance`] | which exceptions are allowed |
//! | [`system`] | exceptions that come with the program |
//! | `declared`, `images` | exceptions as they are written; the images they name |
//! | `setting`, `sheet` | the settings there are; our files read strictly |
//! | [`actions`] | what to do first |
//! | [`mend`] | what mends findings by machine |
//! | [`redaction`] | what is taken out of a dump |
//! | [`role`] | the least that a scan must be allowed |
//! | [`spelling`] | the name that was probably meant |
//! | [`coverage`] | what was judged, and what limits the verdicts |

pub mod accept;
pub mod acceptance;
pub mod actions;
pub mod config;
pub mod coverage;
mod declared;
pub mod explain;
mod images;
pub mod mend;
pub mod origin;
pub mod policy;
pub mod redaction;
pub mod role;
pub mod schema;
mod setting;
mod sheet;
pub mod spelling;
pub mod starter;
pub mod system;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use checks::{Check, Cx, Version};
use finding::{
    ExceptionState, ExceptionStatus, Finding, Fingerprint, Objects, Report, Source, Summary,
};
use jiff::civil::Date;
use model::kinds::Kind;
use model::{Inputs, Inventory, Object, ObjectId};
use rayon::prelude::*;

pub use config::Config;
pub use origin::Origin;
pub use redaction::Redaction;

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
    /// The namespaces whose findings are wanted; none means all, and what stands above namespaces.
    pub namespaces: BTreeSet<String>,
}

impl Plan<'_> {
    /// Whether a check runs. Of an exception for one that does not, nothing can be said.
    fn runs(&self, id: &str) -> bool {
        self.checks.iter().any(|check| check.id == id)
    }

    /// Whether findings about an object are wanted: it lives in a namespace that was asked for, or
    /// is that namespace.
    fn is_about(&self, object: &ObjectId) -> bool {
        let own = (object.identity()[..2] == ["", "Namespace"]).then_some(&object.name);
        let namespace = object.namespace.as_ref().or(own);
        namespace.is_none_or(|it| self.config.namespaces.has(it))
            && (self.namespaces.is_empty()
                || namespace.is_some_and(|it| self.namespaces.contains(it.as_ref())))
    }
}

/// Judges an inventory.
pub fn scan(inventory: &Inventory, inputs: Inputs, plan: &Plan<'_>) -> Report {
    let cx = Cx::new(inventory, plan.today, plan.kubernetes, &plan.config.parameters)
        .with_environments(&plan.config.environments);
    let (seeing, blind) = coverage::split(&plan.checks, &inputs);
    let mut findings = checks::run(&seeing, &cx);
    findings.retain(|finding| plan.is_about(&finding.object));
    for finding in &mut findings {
        if let Some(severity) = plan.config.severities.get(finding.check.as_ref()) {
            finding.severity = *severity;
        }
    }
    arrange(&mut findings);
    let exceptions = exceptions(inventory, plan, &mut findings);
    if !plan.baseline.is_empty() {
        for finding in &mut findings {
            finding.known = plan.baseline.contains(&finding.fingerprint());
        }
    }
    Report {
        coverage: coverage::of(&cx, &inputs, &seeing, &blind),
        summary: Summary::of(&findings),
        actions: actions::plan(&findings),
        inputs,
        findings,
        exceptions,
    }
}

/// The exceptions for the checks that run, and what became of each.
fn exceptions(
    inventory: &Inventory,
    plan: &Plan<'_>,
    findings: &mut [Finding],
) -> Vec<ExceptionStatus> {
    let mut exceptions = accept::from_annotations(inventory);
    let shipped = plan.config.shipped_exceptions.then(system::exceptions);
    let unused = |exception| ExceptionStatus::of(exception, ExceptionState::Unused);
    let declared = plan.config.exceptions.iter().cloned().chain(shipped.into_iter().flatten());
    exceptions.extend(declared.map(unused));
    exceptions.retain(|it| match &it.exception.objects {
        Objects::Only(id) => plan.is_about(id),
        Objects::Like(_) => true,
    });
    exceptions.retain(|it| is_invalid(it) || plan.runs(&it.exception.check));
    for status in exceptions.iter_mut().filter(|it| !is_invalid(it)) {
        let refused = plan.config.acceptance.refuses(&status.exception, plan.today);
        status.state = refused.map_or(ExceptionState::Unused, ExceptionState::Invalid);
    }
    accept::apply(&mut exceptions, findings, inventory, plan.today);
    exceptions.retain(says_something);
    exceptions
}

fn is_invalid(status: &ExceptionStatus) -> bool {
    matches!(status.state, ExceptionState::Invalid(_))
}

/// Whether anybody needs to hear of it: of what we ship, only what is used.
fn says_something(status: &ExceptionStatus) -> bool {
    let is_used = matches!(status.state, ExceptionState::Used(_));
    status.exception.source != Source::Shipped || is_used
}

/// The kinds that the pipeline needs: what is listed from a cluster. Custom kinds that embed pods come
/// on top.
pub fn kinds() -> BTreeSet<Kind> {
    checks::kinds()
}

/// Whether the pipeline needs an object at all; what it does not need is only counted.
pub fn wants(object: &Object) -> bool {
    checks::reads(object) || accept::is_annotated(object)
}

/// The worst first; then by check, object and field, so that the same input gives the same bytes.
/// The same finding on the same object, given several times, becomes one at several places.
fn arrange(findings: &mut Vec<Finding>) {
    findings.par_sort_unstable_by(|a, b| key(a).cmp(&key(b)));
    findings.dedup_by(|again, first| {
        let same = again.is_same(first);
        if same {
            first.locations.append(&mut again.locations);
        }
        same
    });
    for finding in findings.iter_mut().filter(|finding| finding.locations.len() > 1) {
        finding.locations.sort();
        finding.locations.dedup();
    }
}

fn key(finding: &Finding) -> impl Ord + '_ {
    let id = &finding.object;
    let object = (&id.namespace, &id.kind, &id.name, id.group());
    let place = (&finding.path, &finding.locations, &finding.message);
    (Reverse(finding.severity), &finding.check, object, place)
}
