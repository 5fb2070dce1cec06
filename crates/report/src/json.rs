//! `ringfence.scan/v1`: the report for programs. Within v1 it is only added to.
//!
//! The same report gives the same bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::io::{self, Write};

use finding::finding::InvalidFingerprint;
use finding::{ExceptionState, ExceptionStatus, Finding, Fingerprint, Location, Report};
use jiff::civil::Date;
use model::ObjectId;
use model::inputs::Cause;
use serde::{Deserialize, Serialize, Serializer};

/// The name and version of the format.
pub const SCHEMA: &str = "ringfence.scan/v1";

/// Writes a report.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Document::of(report))?;
    out.write_all(b"\n")
}

/// Why a text is no earlier report.
#[derive(Debug, thiserror::Error)]
pub enum NotAReport {
    /// It is no JSON, or not of the right shape.
    #[error("it is no report of `ringfence scan --output json`")]
    Shape(#[from] serde_json::Error),
    /// One of its fingerprints is none.
    #[error(transparent)]
    Fingerprint(#[from] InvalidFingerprint),
    /// It is JSON of another format.
    #[error("it is of the format {0:?}, expected {SCHEMA:?}")]
    Schema(String),
}

/// The fingerprints of the findings in an earlier report, accepted ones included.
///
/// # Errors
/// When the text is no report of this format.
pub fn fingerprints(text: &[u8]) -> Result<BTreeSet<Fingerprint>, NotAReport> {
    let earlier: Earlier = serde_json::from_slice(text)?;
    if earlier.schema != SCHEMA {
        return Err(NotAReport::Schema(earlier.schema));
    }
    let fingerprints = earlier.findings.into_iter().map(|finding| finding.fingerprint.parse());
    Ok(fingerprints.collect::<Result<_, _>>()?)
}

#[derive(Deserialize)]
struct Earlier {
    schema: String,
    findings: Vec<EarlierFinding>,
}

#[derive(Deserialize)]
struct EarlierFinding {
    fingerprint: String,
}

/// The whole, written piece by piece: a report may hold a million findings.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'a str,
    tool: Tool<'a>,
    inputs: Inputs<'a>,
    coverage: Coverage<'a>,
    summary: Summary,
    actions: Actions<'a>,
    findings: Findings<'a>,
    exceptions: Vec<ExceptionEntry<'a>>,
}

/// A report without its findings.
#[derive(Serialize)]
pub(crate) struct Account<'a> {
    tool: Tool<'a>,
    inputs: Inputs<'a>,
    coverage: Coverage<'a>,
    summary: Summary,
    actions: Actions<'a>,
    exceptions: Vec<ExceptionEntry<'a>>,
}

struct Actions<'a>(&'a Report);

impl Serialize for Actions<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let Report { actions, findings, .. } = self.0;
        out.collect_seq(actions.iter().map(|action| Action::of(action, findings)))
    }
}

struct Findings<'a>(&'a [Finding]);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(self.0.iter().map(FindingEntry::of))
    }
}

/// The fingerprints of the findings at some places.
struct Closed<'a> {
    findings: &'a [Finding],
    places: &'a [usize],
}

impl Serialize for Closed<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        let findings = self.places.iter().filter_map(|&place| self.findings.get(place));
        out.collect_seq(findings.map(|finding| Shown(finding.fingerprint())))
    }
}

/// Written as its text.
struct Shown<T>(T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&self.0)
    }
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
    version: &'a str,
}

#[derive(Serialize)]
struct Inputs<'a> {
    files: usize,
    documents: usize,
    objects: usize,
    unreadable: Vec<Unreadable<'a>>,
    skipped: Vec<Skipped<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clusters: Vec<Cluster<'a>>,
}

#[derive(Serialize)]
struct Cluster<'a> {
    context: &'a str,
    server: &'a str,
    version: Option<&'a str>,
    dumped: Option<&'a str>,
    namespaces: &'a [String],
    kinds: &'a [String],
    unlisted: Vec<Unlisted<'a>>,
}

#[derive(Serialize)]
struct Unlisted<'a> {
    resource: &'a str,
    namespace: Option<&'a str>,
    forbidden: bool,
    reason: String,
}

#[derive(Serialize)]
struct Unreadable<'a> {
    path: &'a str,
    line: Option<u32>,
    reason: &'a str,
}

#[derive(Serialize)]
struct Skipped<'a> {
    reason: &'a str,
    documents: usize,
    files: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Coverage<'a> {
    checks: usize,
    judged: usize,
    not_judged: &'a BTreeMap<String, usize>,
    gaps: &'a [String],
}

#[derive(Serialize)]
struct Summary {
    critical: usize,
    high: usize,
    medium: usize,
    low: usize,
    accepted: usize,
    known: usize,
}

#[derive(Serialize)]
struct Action<'a> {
    check: &'a str,
    severity: &'a str,
    order: &'a str,
    scope: &'a str,
    hours: u32,
    closes: Closed<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FindingEntry<'a> {
    check: &'a str,
    severity: &'a str,
    confidence: &'a str,
    object: Object<'a>,
    path: &'a str,
    location: Option<Place<'a>>,
    /// The other places of an object that was given several times.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also_at: Vec<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<Origin<'a>>,
    message: &'a str,
    fingerprint: Shown<Fingerprint>,
    fix: Fix<'a>,
    exception: Option<Accepted<'a>>,
    known: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Object<'a> {
    api_version: &'a str,
    kind: &'a str,
    namespace: Option<&'a str>,
    name: &'a str,
}

/// The object as its cluster knows it.
#[derive(Serialize)]
struct Origin<'a> {
    context: &'a str,
    uid: &'a str,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    rendered: Option<Rendered<'a>>,
}

/// The chart or kustomization that an object was rendered from.
#[derive(Serialize)]
struct Rendered<'a> {
    from: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    variant: Option<&'a str>,
    traced: bool,
}

#[derive(Serialize)]
struct Fix<'a> {
    kind: &'a str,
    order: &'a str,
}

#[derive(Serialize)]
struct Accepted<'a> {
    reason: &'a str,
    owner: &'a str,
    expires: Option<Shown<Date>>,
    source: &'a str,
}

#[derive(Serialize)]
struct ExceptionEntry<'a> {
    check: &'a str,
    state: &'a str,
    findings: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'a str>,
    owner: &'a str,
    reason: &'a str,
    expires: Option<Shown<Date>>,
    source: &'a str,
    location: Option<Place<'a>>,
}

impl<'a> Document<'a> {
    fn of(report: &'a Report) -> Self {
        let Account { tool, inputs, coverage, summary, actions, exceptions } = Account::of(report);
        let findings = Findings(&report.findings);
        Self { schema: SCHEMA, tool, inputs, coverage, summary, actions, findings, exceptions }
    }
}

impl<'a> Account<'a> {
    pub(crate) fn of(report: &'a Report) -> Self {
        Self {
            tool: Tool { name: crate::TOOL, version: crate::VERSION },
            inputs: Inputs::of(&report.inputs),
            coverage: Coverage {
                checks: report.coverage.checks,
                judged: report.coverage.judged,
                not_judged: &report.coverage.not_judged,
                gaps: &report.coverage.gaps,
            },
            summary: Summary::of(&report.summary),
            actions: Actions(report),
            exceptions: report.exceptions.iter().map(ExceptionEntry::of).collect(),
        }
    }
}

impl<'a> Inputs<'a> {
    fn of(inputs: &'a model::Inputs) -> Self {
        let unreadable = inputs.unreadable.iter().map(|it| Unreadable {
            path: &it.path,
            line: it.line,
            reason: &it.reason,
        });
        let skipped = inputs.skipped.iter().map(|(reason, skipped)| Skipped {
            reason: reason.id(),
            documents: skipped.documents,
            files: skipped.files.iter().map(|file| &**file).collect(),
        });
        Self {
            files: inputs.files,
            documents: inputs.documents,
            objects: inputs.objects,
            unreadable: unreadable.collect(),
            skipped: skipped.collect(),
            clusters: inputs.clusters.iter().map(Cluster::of).collect(),
        }
    }
}

impl<'a> Cluster<'a> {
    fn of(cluster: &'a model::Cluster) -> Self {
        let unlisted = cluster.unlisted.iter().map(|it| Unlisted {
            resource: &it.resource,
            namespace: it.namespace.as_deref(),
            forbidden: it.cause == Cause::Forbidden,
            reason: it.to_string(),
        });
        Self {
            context: &cluster.context,
            server: &cluster.server,
            version: cluster.version.as_deref(),
            dumped: cluster.dumped.as_deref(),
            namespaces: &cluster.namespaces,
            kinds: &cluster.kinds,
            unlisted: unlisted.collect(),
        }
    }
}

impl Summary {
    fn of(summary: &finding::Summary) -> Self {
        let open = |severity| summary.open.get(&severity).copied().unwrap_or_default();
        Self {
            critical: open(finding::Severity::Critical),
            high: open(finding::Severity::High),
            medium: open(finding::Severity::Medium),
            low: open(finding::Severity::Low),
            accepted: summary.accepted,
            known: summary.known,
        }
    }
}

impl<'a> Action<'a> {
    fn of(action: &'a finding::Action, findings: &'a [Finding]) -> Self {
        Self {
            check: &action.check,
            severity: action.severity.id(),
            order: &action.order,
            scope: &action.scope,
            hours: action.hours,
            closes: Closed { findings, places: &action.closes },
        }
    }
}

impl<'a> FindingEntry<'a> {
    pub(crate) fn of(finding: &'a Finding) -> Self {
        Self {
            check: &finding.check,
            severity: finding.severity.id(),
            confidence: finding.confidence.id(),
            object: Object::of(&finding.object),
            path: &finding.path,
            location: finding.location().map(Place::of),
            also_at: finding.locations.iter().skip(1).map(Place::of).collect(),
            origin: finding.live.as_ref().map(|it| Origin { context: &it.context, uid: &it.uid }),
            message: &finding.message,
            fingerprint: Shown(finding.fingerprint()),
            fix: Fix { kind: finding.fix.id(), order: finding.fix.order() },
            exception: finding.accepted.as_ref().map(|it| Accepted {
                reason: &it.reason,
                owner: &it.owner,
                expires: it.expires.map(Shown),
                source: it.source.id(),
            }),
            known: finding.known,
        }
    }
}

impl<'a> Object<'a> {
    fn of(id: &'a ObjectId) -> Self {
        Self {
            api_version: &id.api_version,
            kind: &id.kind,
            namespace: id.namespace.as_deref(),
            name: &id.name,
        }
    }
}

impl<'a> Place<'a> {
    fn of(location: &'a Location) -> Self {
        let Location { file, line, column, rendered } = location;
        let rendered = rendered.as_ref().map(|it| Rendered {
            from: it.rendering.folder(),
            variant: it.rendering.variant(),
            traced: it.is_traced,
        });
        Self { file, line: *line, column: *column, rendered }
    }
}

impl<'a> ExceptionEntry<'a> {
    fn of(status: &'a ExceptionStatus) -> Self {
        let exception = &status.exception;
        let (findings, problem) = match &status.state {
            ExceptionState::Used(number) | ExceptionState::Expired(number) => (*number, None),
            ExceptionState::Unused => (0, None),
            ExceptionState::Invalid(why) => (0, Some(why.as_str())),
        };
        Self {
            check: &exception.check,
            state: status.state.id(),
            findings,
            problem,
            owner: &exception.owner,
            reason: &exception.reason,
            expires: exception.expires.map(Shown),
            source: exception.source.id(),
            location: exception.at.as_ref().map(Place::of),
        }
    }
}
