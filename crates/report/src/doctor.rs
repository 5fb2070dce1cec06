//! What `ringfence doctor` found: a page for a person, and `ringfence.doctor/v1` for programs.

use std::io::{self, Write};

use jiff::Timestamp;
use model::diagnosis::{Diagnosis, User};
use serde::Serialize;

use crate::style::{Style, count, harmless};

/// The name and version of the format.
pub const SCHEMA: &str = "ringfence.doctor/v1";

/// A clock further away than this breaks tokens and certificates.
const CLOCK: i64 = 30;

/// A certificate that ends within so many days is told before it does.
const SOON: i64 = 30;

const DAY: i64 = 24 * 60 * 60;

/// How one thing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ok,
    Unknown,
    Warning,
    Missing,
}

impl State {
    fn id(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Unknown => "unknown",
            State::Warning => "warning",
            State::Missing => "missing",
        }
    }
}

/// Whether a scan would see all that it needs.
pub fn is_well(diagnosis: &Diagnosis) -> bool {
    diagnosis.cluster.unlisted.is_empty()
}

/// Writes the page.
///
/// # Errors
/// When the writer fails.
pub fn text(
    diagnosis: &Diagnosis,
    now: Timestamp,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let context = style.bold(&harmless(&diagnosis.cluster.context));
    writeln!(out, "{context}  {}\n", harmless(&diagnosis.cluster.server))?;
    for (state, what) in statements(diagnosis, now) {
        let word = format!("{:<8}", state.id());
        let word = if state == State::Ok { style.dim(&word) } else { style.bold(&word) };
        writeln!(out, "  {word} {}", style.wrap(&harmless(&what), 11))?;
    }
    let verdict = if is_well(diagnosis) {
        "A scan sees all that it needs here."
    } else {
        "A scan runs, but does not see all; `ringfence doctor --role` prints a role that does."
    };
    writeln!(out, "\n{}", style.wrap(verdict, 0))
}

/// Writes the document.
///
/// # Errors
/// When the writer fails.
pub fn json(diagnosis: &Diagnosis, now: Timestamp, out: &mut dyn Write) -> io::Result<()> {
    let Diagnosis { cluster, user, clock_ahead, resources, .. } = diagnosis;
    let ends = diagnosis.certificate_ends.and_then(|end| Timestamp::from_second(end).ok());
    let statements = statements(diagnosis, now).into_iter();
    let document = Document {
        schema: SCHEMA,
        tool: Tool { name: crate::TOOL, version: crate::VERSION },
        cluster: ClusterEntry {
            context: &cluster.context,
            server: &cluster.server,
            version: cluster.version.as_deref(),
        },
        user: user.as_ref().map(|it| UserEntry { name: &it.name, groups: &it.groups }),
        clock_ahead_seconds: *clock_ahead,
        certificate_ends: ends.map(|end| end.to_string()),
        resources,
        complete: is_well(diagnosis),
        statements: statements.map(|(it, text)| Statement { state: it.id(), text }).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    schema: &'a str,
    tool: Tool<'a>,
    cluster: ClusterEntry<'a>,
    user: Option<UserEntry<'a>>,
    clock_ahead_seconds: Option<i64>,
    certificate_ends: Option<String>,
    resources: &'a [String],
    complete: bool,
    statements: Vec<Statement>,
}

#[derive(Serialize)]
struct Tool<'a> {
    name: &'a str,
    version: &'a str,
}

#[derive(Serialize)]
struct ClusterEntry<'a> {
    context: &'a str,
    server: &'a str,
    version: Option<&'a str>,
}

#[derive(Serialize)]
struct UserEntry<'a> {
    name: &'a str,
    groups: &'a [String],
}

#[derive(Serialize)]
struct Statement {
    state: &'static str,
    text: String,
}

fn statements(diagnosis: &Diagnosis, now: Timestamp) -> Vec<(State, String)> {
    let Diagnosis { cluster, latency_ms, resources, .. } = diagnosis;
    let mut all = vec![
        (State::Ok, format!("the API server answers, in {latency_ms} ms")),
        match &cluster.version {
            Some(version) => (State::Ok, format!("it is Kubernetes {version}")),
            None => (State::Unknown, "it does not tell its version".to_owned()),
        },
        user(diagnosis.user.as_ref()),
        clock(diagnosis.clock_ahead),
    ];
    all.extend(diagnosis.certificate_ends.map(|end| certificate(end, now)));
    let missing = cluster.unlisted.len();
    if missing == 0 {
        let lists = count(resources.len(), "resource", "resources");
        all.push((State::Ok, format!("all {lists} that a scan needs may be listed")));
    }
    all.extend(cluster.gaps().into_iter().map(|gap| (State::Missing, gap)));
    all
}

fn user(user: Option<&User>) -> (State, String) {
    match user {
        Some(User { name, groups }) if groups.is_empty() => {
            (State::Ok, format!("it knows you as {name}"))
        }
        Some(User { name, groups }) => {
            (State::Ok, format!("it knows you as {name}, of {}", groups.join(", ")))
        }
        None => (State::Unknown, "it does not tell as whom it knows you".to_owned()),
    }
}

fn clock(ahead: Option<i64>) -> (State, String) {
    let Some(ahead) = ahead else {
        return (State::Unknown, "it does not tell the time".to_owned());
    };
    let state = if ahead.abs() > CLOCK { State::Warning } else { State::Ok };
    let by = count(usize::try_from(ahead.abs()).unwrap_or(usize::MAX), "second", "seconds");
    let text = match ahead {
        0 => "its clock and this one agree".to_owned(),
        1.. => format!("its clock is {by} ahead of this one"),
        _ => format!("its clock is {by} behind this one"),
    };
    let mend = if state == State::Ok { "" } else { "; tokens and certificates may be refused" };
    (state, text + mend)
}

fn certificate(end: i64, now: Timestamp) -> (State, String) {
    let left = end - now.as_second();
    let day = Timestamp::from_second(end).map(|it| it.strftime("%Y-%m-%d").to_string());
    let day = day.unwrap_or_default();
    match left {
        ..0 => (State::Warning, format!("your certificate ended on {day}; renew it")),
        _ if left < SOON * DAY => {
            let days = count(usize::try_from(left / DAY).unwrap_or(0), "day", "days");
            (State::Warning, format!("your certificate ends on {day}, in {days}; renew it"))
        }
        _ => (State::Ok, format!("your certificate holds until {day}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_far_away_and_a_certificate_near_its_end_are_warnings() {
        assert_eq!(clock(Some(-2)), (State::Ok, "its clock is 2 seconds behind this one".into()));
        assert_eq!(clock(Some(600)).0, State::Warning);
        assert_eq!(clock(None).0, State::Unknown);
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let in_days = |days: i64| certificate(now.as_second() + days * DAY, now);
        assert_eq!(in_days(100).0, State::Ok);
        assert_eq!(in_days(10).1, "your certificate ends on 2026-12-01, in 10 days; renew it");
        assert_eq!(in_days(-1).1, "your certificate ended on 2026-11-20; renew it");
    }
}
