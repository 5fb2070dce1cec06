//! What several forms say in the same words.

use std::borrow::Cow;

use finding::{Accepted, Finding, Fingerprint, Report, Severity};

use crate::style::count;

/// What stands in the place of a check's id where something could not be read.
pub(crate) const UNREADABLE: &str = "unreadable-input";

/// Its headline.
pub(crate) const UNREADABLE_TITLE: &str = "Input could not be read";

/// Something that could not be read or listed. Unknown is never a pass: every form that can states it.
pub(crate) struct Unseen<'a> {
    /// The file, where it was one.
    pub(crate) path: Option<&'a str>,
    /// Its line, where that is known.
    pub(crate) line: Option<u32>,
    /// Why, and what to do about it.
    pub(crate) reason: Cow<'a, str>,
}

/// All that could not be read or listed, in the order in which it was met.
pub(crate) fn unseen(report: &Report) -> impl Iterator<Item = Unseen<'_>> {
    let unreadable = report.inputs.unreadable.iter().map(|it| Unseen {
        path: Some(&it.path),
        line: it.line,
        reason: Cow::Borrowed(&it.reason),
    });
    let unlisted = report.inputs.failed_lists().map(|it| Unseen {
        path: None,
        line: None,
        reason: Cow::Owned(it.to_string()),
    });
    unreadable.chain(unlisted)
}

impl Unseen<'_> {
    /// Where and why.
    pub(crate) fn sentence(&self) -> String {
        match (self.path, self.line) {
            (Some(path), Some(line)) => format!("{path}:{line}: {}", self.reason),
            (Some(path), None) => format!("{path}: {}", self.reason),
            (None, _) => self.reason.to_string(),
        }
    }

    /// What tells it from others, as a finding's does.
    pub(crate) fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&[UNREADABLE, &self.sentence()])
    }
}

/// The headline of a check; its id where it has none.
pub(crate) fn title(id: &str) -> &str {
    checks::find(id).map_or(id, |check| check.title)
}

/// How many findings still ask for something. Nothing found is good news only where all was seen.
pub(crate) fn headline(report: &Report) -> String {
    let complete = unseen(report).next().is_none();
    match report.summary.open() {
        0 if report.inputs.objects == 0 => "no Kubernetes object was seen".to_owned(),
        0 if complete => "no open finding".to_owned(),
        0 => "no open finding in what could be read".to_owned(),
        open if report.summary.known > 0 => count(open, "new finding", "new findings"),
        open => count(open, "open finding", "open findings"),
    }
}

/// How many findings there are, by severity and state; what is none is left out.
pub(crate) fn numbers(report: &Report) -> String {
    let summary = &report.summary;
    let open = Severity::ALL.map(|it| (summary.open.get(&it).copied().unwrap_or(0), it.id()));
    let rest = [(summary.accepted, "accepted"), (summary.known, "in the baseline")];
    let parts = open.into_iter().chain(rest).filter(|(number, _)| *number > 0);
    let parts: Vec<String> = parts.map(|(number, what)| count(number, what, what)).collect();
    if parts.is_empty() { "no finding".to_owned() } else { parts.join(", ") }
}

/// What was read, and how much was asked of it.
pub(crate) fn extent(report: &Report) -> String {
    let clusters = report.inputs.clusters.iter().map(|it| it.context.to_string());
    let mut parts: Vec<String> = clusters.collect();
    if report.inputs.files > 0 || parts.is_empty() {
        parts.push(count(report.inputs.files, "file", "files"));
    }
    parts.push(count(report.inputs.objects, "object", "objects"));
    parts.push(count(report.coverage.checks, "check", "checks"));
    parts.join(", ")
}

/// Why nobody has to act on a finding; nothing where it is open.
pub(crate) fn settled(finding: &Finding) -> Option<String> {
    match &finding.accepted {
        Some(accepted) => Some(acceptance(accepted)),
        None => finding.known.then(|| "in the baseline".to_owned()),
    }
}

fn acceptance(accepted: &Accepted) -> String {
    let until = accepted.expires.map(|day| format!(" until {day}")).unwrap_or_default();
    format!("accepted by {}{until}: {}", accepted.owner, accepted.reason)
}
