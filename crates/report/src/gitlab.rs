//! Code Quality as GitLab reads it: an array of issues, which it compares with those of the target branch
//! by fingerprint.
//!
//! The form knows neither exceptions nor baselines: what a person accepted is of the severity `info` and
//! says so, as does what the baseline knew. What could not be read is an issue of its own.

use std::io::{self, Write};

use finding::{Finding, Report, Severity, State};
use serde::Serialize;

use crate::sentence::{self, UNREADABLE, Unseen, unseen};
use crate::style::harmless;

/// Writes a report, one issue after another: there may be a million.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let unreadable = unseen(report).map(|it| Issue::unreadable(&it));
    let issues = unreadable.chain(report.findings.iter().map(Issue::of));
    out.write_all(b"[")?;
    for (place, issue) in issues.enumerate() {
        out.write_all(if place == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &issue)?;
    }
    out.write_all(b"\n]\n")
}

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
}

impl Issue {
    fn of(finding: &Finding) -> Self {
        let settled = sentence::settled(finding).map(|why| format!(" ({why})")).unwrap_or_default();
        let description = format!("{}: {}{settled}", finding.object, finding.message);
        let location = match finding.location() {
            Some(at) => Location::of(&at.file, at.line),
            None => Location::of(&finding.object.to_string().replace(' ', "/"), 1),
        };
        Self {
            description: harmless(&description).into_owned(),
            check_name: finding.check.clone().into_owned(),
            fingerprint: finding.fingerprint().to_string(),
            severity: severity(finding),
            location,
        }
    }

    fn unreadable(unseen: &Unseen<'_>) -> Self {
        Self {
            description: harmless(&format!("could not be read: {}", unseen.reason)).into_owned(),
            check_name: UNREADABLE.to_owned(),
            fingerprint: unseen.fingerprint().to_string(),
            severity: "critical",
            location: Location::of(unseen.path.unwrap_or("cluster"), unseen.line.unwrap_or(1)),
        }
    }
}

impl Location {
    /// A path from the root of the repository, as GitLab compares it.
    fn of(path: &str, begin: u32) -> Self {
        let path = harmless(path.trim_start_matches("./")).into_owned();
        Self { path, lines: Lines { begin } }
    }
}

fn severity(finding: &Finding) -> &'static str {
    match (finding.state(), finding.severity) {
        (State::Accepted | State::Known, _) => "info",
        (State::Open, Severity::Critical) => "blocker",
        (State::Open, Severity::High) => "critical",
        (State::Open, Severity::Medium) => "major",
        (State::Open, Severity::Low) => "minor",
    }
}
