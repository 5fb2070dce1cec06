//! All of one run: what was read, what was found, what to do first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::{Inputs, ObjectId};

use crate::exception::Exception;
use crate::finding::{Finding, State};
use crate::severity::Severity;

/// All of one run. Findings stand the worst first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What was read.
    pub inputs: Inputs,
    /// What was judged, and what was not.
    pub coverage: Coverage,
    /// How many findings there are.
    pub summary: Summary,
    /// What to do first, the most useful first.
    pub actions: Vec<Action>,
    /// The findings.
    pub findings: Vec<Finding>,
    /// What became of each exception.
    pub exceptions: Vec<ExceptionStatus>,
}

/// What was judged, and what was not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How many checks ran.
    pub checks: usize,
    /// How many objects some check reads.
    pub judged: usize,
    /// How many objects no check reads, by kind.
    pub not_judged: BTreeMap<String, usize>,
    /// What limits the verdicts, one sentence each.
    pub gaps: Vec<String>,
}

/// Numbers of findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Open ones by severity.
    pub open: BTreeMap<Severity, usize>,
    /// How many were accepted.
    pub accepted: usize,
    /// How many the baseline knew.
    pub known: usize,
}

/// One thing to do, which closes several findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// The check whose findings it closes.
    pub check: String,
    /// What to do, as an order.
    pub order: String,
    /// Where: the namespace and the objects.
    pub scope: String,
    /// The worst severity among what it closes.
    pub severity: Severity,
    /// The fingerprints' findings it closes, as indices into the report's findings.
    pub closes: Vec<usize>,
    /// About how many hours it takes.
    pub hours: u32,
}

/// What became of an exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionStatus {
    /// The exception.
    pub exception: Exception,
    /// What became of it.
    pub state: ExceptionState,
    /// The objects whose findings it covers, or would.
    pub objects: BTreeSet<Arc<ObjectId>>,
}

impl ExceptionStatus {
    /// An exception of which nothing else is known.
    pub fn of(exception: Exception, state: ExceptionState) -> Self {
        Self { exception, state, objects: BTreeSet::new() }
    }
}

/// What became of an exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExceptionState {
    /// It covers this many findings.
    Used(usize),
    /// It covers none: the risk is gone, or the pattern is wrong.
    Unused,
    /// Its last day is over: what it covered is open again.
    Expired(usize),
    /// It cannot be used, and why.
    Invalid(String),
}

impl ExceptionState {
    /// The word for it.
    pub fn id(&self) -> &'static str {
        match self {
            ExceptionState::Used(_) => "used",
            ExceptionState::Unused => "unused",
            ExceptionState::Expired(_) => "expired",
            ExceptionState::Invalid(_) => "invalid",
        }
    }
}

impl Summary {
    /// Counts findings.
    pub fn of(findings: &[Finding]) -> Self {
        let mut summary = Self::default();
        for finding in findings {
            match finding.state() {
                State::Accepted => summary.accepted += 1,
                State::Known => summary.known += 1,
                State::Open => *summary.open.entry(finding.severity).or_default() += 1,
            }
        }
        summary
    }

    /// How many findings are open.
    pub fn open(&self) -> usize {
        self.open.values().sum()
    }

    /// How many open findings are at least so bad.
    pub fn at_least(&self, severity: Severity) -> usize {
        self.open.range(severity..).map(|(_, number)| number).sum()
    }
}
