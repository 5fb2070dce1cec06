//! Comma-separated values as RFC 4180 has them, for spreadsheets: a header, then a finding a row.
//!
//! What could not be read is a row as well, of the state `unreadable`. A text that a spreadsheet would
//! take for a formula starts with an apostrophe.

use std::borrow::Cow;
use std::io::{self, Write};

use ::csv::{ErrorKind, Terminator, Writer, WriterBuilder};
use finding::{Finding, Report};

use crate::sentence::{self, UNREADABLE_TITLE, Unseen, unseen};
use crate::style::harmless;

/// The columns.
const COLUMNS: [&str; 18] = [
    "state",
    "severity",
    "confidence",
    "check",
    "title",
    "apiVersion",
    "kind",
    "namespace",
    "name",
    "path",
    "message",
    "file",
    "line",
    "column",
    "context",
    "fix",
    "settled",
    "fingerprint",
];

/// Writes a report.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
    rows.write_record(COLUMNS).map_err(cause)?;
    unseen(report).try_for_each(|it| unreadable(&it, &mut rows))?;
    report.findings.iter().try_for_each(|finding| row(finding, &mut rows))?;
    rows.flush()
}

fn row(finding: &Finding, rows: &mut Writer<&mut dyn Write>) -> io::Result<()> {
    let at = finding.location();
    let number = |number: Option<u32>| number.map(|it| it.to_string()).unwrap_or_default();
    let settled = sentence::settled(finding).unwrap_or_default();
    let object = &finding.object;
    let outside = [
        &*object.api_version,
        &object.kind,
        object.namespace.as_deref().unwrap_or_default(),
        &object.name,
        &finding.path,
        &finding.message,
        at.map_or("", |it| &it.file),
    ];
    let ours = [
        finding.state().id(),
        finding.severity.id(),
        finding.confidence.id(),
        &finding.check,
        sentence::title(&finding.check),
    ];
    let mut row: Vec<Cow<'_, str>> = ours.map(Cow::Borrowed).into();
    row.extend(outside.map(inert));
    row.extend([number(at.map(|it| it.line)), number(at.map(|it| it.column))].map(Cow::Owned));
    row.push(inert(finding.live.as_ref().map_or("", |it| &it.context)));
    row.push(Cow::Borrowed(finding.fix.order()));
    row.push(inert(&settled));
    row.push(Cow::Owned(finding.fingerprint().to_string()));
    record(&row, rows)
}

fn unreadable(unseen: &Unseen<'_>, rows: &mut Writer<&mut dyn Write>) -> io::Result<()> {
    let mut row = vec![Cow::Borrowed(""); COLUMNS.len()];
    let line = unseen.line.map(|line| line.to_string()).unwrap_or_default();
    let cells = [
        ("state", Cow::Borrowed("unreadable")),
        ("title", Cow::Borrowed(UNREADABLE_TITLE)),
        ("message", inert(&unseen.reason)),
        ("file", inert(unseen.path.unwrap_or_default())),
        ("line", Cow::Owned(line)),
    ];
    for (column, cell) in cells {
        let place = COLUMNS.iter().position(|it| *it == column);
        if let Some(place) = place.and_then(|place| row.get_mut(place)) {
            *place = cell;
        }
    }
    record(&row, rows)
}

fn record(row: &[Cow<'_, str>], rows: &mut Writer<&mut dyn Write>) -> io::Result<()> {
    rows.write_record(row.iter().map(|cell| cell.as_bytes())).map_err(cause)
}

/// What the writer below said: that nobody reads any more must not be lost on the way.
fn cause(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A text from outside that no spreadsheet takes for a formula, whatever blanks stand before it.
fn inert(text: &str) -> Cow<'_, str> {
    let text = harmless(text);
    if text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        return Cow::Owned(format!("'{text}"));
    }
    text
}
