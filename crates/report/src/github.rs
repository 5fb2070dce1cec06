//! Workflow commands of GitHub Actions: each an annotation beside a changed line.
//!
//! GitHub shows ten annotations of a level for a step. The first of each level are the worst; how many
//! more there are, and what was accepted or known, stands in the last notice.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use finding::{Finding, Report, Severity};

use crate::sentence::{self, UNREADABLE_TITLE, Unseen, unseen};
use crate::style::{count, harmless};

/// How many annotations of a level GitHub shows for a step.
const SHOWN: usize = 10;

/// Writes a report.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let open = report.findings.iter().filter(|it| it.is_open()).map(Annotation::of);
    let annotations = unseen(report).map(Annotation::unreadable).chain(open);
    let mut numbers: BTreeMap<Level, usize> = BTreeMap::new();
    for annotation in annotations {
        let number = numbers.entry(annotation.level).or_default();
        *number += 1;
        if *number <= annotation.level.shown() {
            annotation.write(out)?;
        }
    }
    notice(report, &numbers, out)
}

/// Ordered: the gravest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Error,
    Warning,
    Notice,
}

struct Annotation<'a> {
    level: Level,
    title: &'a str,
    at: Option<(&'a str, u32, Option<u32>)>,
    message: String,
}

impl Level {
    fn id(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Notice => "notice",
        }
    }

    /// One notice is kept for the account.
    fn shown(self) -> usize {
        if self == Level::Notice { SHOWN - 1 } else { SHOWN }
    }
}

impl<'a> Annotation<'a> {
    fn of(finding: &'a Finding) -> Self {
        let level = match finding.severity {
            Severity::Critical | Severity::High => Level::Error,
            Severity::Medium => Level::Warning,
            Severity::Low => Level::Notice,
        };
        let Finding { object, message, check, .. } = finding;
        Self {
            level,
            title: sentence::title(check),
            at: finding.location().map(|it| (&*it.file, it.line, Some(it.column))),
            message: format!("{object}: {message} ({check})"),
        }
    }

    fn unreadable(unseen: Unseen<'a>) -> Self {
        Self {
            level: Level::Error,
            title: UNREADABLE_TITLE,
            at: unseen.path.map(|path| (path, unseen.line.unwrap_or(1), None)),
            message: unseen.reason.into_owned(),
        }
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "::{} ", self.level.id())?;
        if let Some((file, line, column)) = self.at {
            write!(out, "file={},line={line},", property(file))?;
            column.map_or(Ok(()), |column| write!(out, "col={column},"))?;
        }
        writeln!(out, "title={}::{}", property(self.title), data(&self.message))
    }
}

/// What the annotations leave out, in one more.
fn notice(
    report: &Report,
    numbers: &BTreeMap<Level, usize>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut text = format!("{}: {}", sentence::extent(report), sentence::numbers(report));
    for (level, number) in numbers {
        let more = number.saturating_sub(level.shown());
        if more > 0 {
            let (one, many) = (format!("more {}", level.id()), format!("more {}s", level.id()));
            text.extend(["; ", &count(more, &one, &many), " not shown"]);
        }
    }
    writeln!(out, "::notice title=Ringfence::{}", data(&text))
}

/// The text after the colons, as the runner's own library escapes it.
fn data(text: &str) -> Cow<'_, str> {
    escaped(text, &[('%', "%25"), ('\r', "%0D"), ('\n', "%0A")])
}

/// A value before the colons.
fn property(text: &str) -> Cow<'_, str> {
    escaped(text, &[('%', "%25"), ('\r', "%0D"), ('\n', "%0A"), (':', "%3A"), (',', "%2C")])
}

fn escaped<'a>(text: &'a str, table: &[(char, &str)]) -> Cow<'a, str> {
    let text = harmless(text);
    if !text.contains(|it| table.iter().any(|(letter, _)| *letter == it)) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match table.iter().find(|(it, _)| *it == letter) {
            Some((_, written)) => escaped.push_str(written),
            None => escaped.push(letter),
        }
    }
    Cow::Owned(escaped)
}
