//! What became of each exception: a page for a person, and `ringfence.exceptions/v1` for programs.

use std::fmt::Display;
use std::io::{self, Write};

use finding::{Exception, ExceptionState, ExceptionStatus, Objects, Report};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::style::{Style, count, harmless};

/// The name and version of the format.
pub const SCHEMA: &str = "ringfence.exceptions/v1";

/// One that ends within so many days is told before it does.
const SOON: i64 = 30;

/// How an exception stands, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Invalid,
    Expired,
    Ending,
    Unused,
    Used,
}

const ALL: [Standing; 5] =
    [Standing::Invalid, Standing::Expired, Standing::Ending, Standing::Unused, Standing::Used];

impl Standing {
    fn of(status: &ExceptionStatus, today: Date) -> Self {
        let last = today.checked_add(SOON.days()).unwrap_or(Date::MAX);
        match &status.state {
            ExceptionState::Invalid(_) => Standing::Invalid,
            ExceptionState::Expired(_) => Standing::Expired,
            ExceptionState::Unused => Standing::Unused,
            ExceptionState::Used(_) if status.exception.expires.is_some_and(|it| it <= last) => {
                Standing::Ending
            }
            ExceptionState::Used(_) => Standing::Used,
        }
    }

    fn id(self) -> &'static str {
        match self {
            Standing::Invalid => "invalid",
            Standing::Expired => "expired",
            Standing::Ending => "ending",
            Standing::Unused => "unused",
            Standing::Used => "used",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Standing::Invalid => "Invalid: they cover nothing",
            Standing::Expired => "Expired: what they covered is open again",
            Standing::Ending => "Ending within 30 days",
            Standing::Unused => "Unused: they cover nothing; remove them or mend their pattern",
            Standing::Used => "Used",
        }
    }
}

/// Writes the page.
///
/// # Errors
/// When the writer fails.
pub fn text(report: &Report, today: Date, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let all = &report.exceptions;
    if all.is_empty() {
        return writeln!(out, "No exceptions.");
    }
    let of = |standing| all.iter().filter(move |it| Standing::of(it, today) == standing);
    let numbers = ALL.into_iter().map(|it| (of(it).count(), it.id()));
    let numbers = numbers.filter(|(number, _)| *number > 0);
    let numbers: Vec<_> = numbers.map(|(number, word)| format!("{number} {word}")).collect();
    writeln!(out, "{}: {}", count(all.len(), "exception", "exceptions"), numbers.join(", "))?;
    for standing in ALL.into_iter().filter(|it| of(*it).next().is_some()) {
        writeln!(out, "\n{}", style.bold(standing.title()))?;
        of(standing).try_for_each(|status| entry(status, style, out))?;
    }
    Ok(())
}

fn entry(status: &ExceptionStatus, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let exception = &status.exception;
    head(exception, style, out)?;
    let findings = match &status.state {
        ExceptionState::Invalid(why) => {
            return writeln!(out, "    {}", style.wrap(&harmless(why), 4));
        }
        ExceptionState::Unused => return Ok(()),
        ExceptionState::Used(number) | ExceptionState::Expired(number) => *number,
    };
    let objects: Vec<_> =
        status.objects.iter().map(|it| harmless(&it.to_string()).into_owned()).collect();
    let findings = count(findings, "finding", "findings");
    let what =
        if objects.is_empty() { findings } else { format!("{findings}: {}", objects.join(", ")) };
    writeln!(out, "    {}", style.wrap(&what, 4))
}

fn head(exception: &Exception, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let at = harmless(&exception.whereabouts()).into_owned();
    writeln!(out, "  {}  {}", harmless(&exception.check), style.dim(&at))?;
    let until = exception.expires.map(|day| format!(" until {day}")).unwrap_or_default();
    let why = format!("{}{until}: {}", exception.owner, exception.reason);
    writeln!(out, "    {}", style.wrap(&harmless(&why), 4))
}

/// Writes the document.
///
/// # Errors
/// When the writer fails.
pub fn json(report: &Report, today: Date, out: &mut dyn Write) -> io::Result<()> {
    let entries = report.exceptions.iter().map(|status| Entry::of(status, today)).collect();
    write_json(entries, out)
}

/// Writes the page of what comes with the program.
///
/// # Errors
/// When the writer fails.
pub fn shipped_text(shipped: &[Exception], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut last = None;
    for exception in shipped {
        let place = (&exception.owner, pattern(exception), &exception.part.images);
        if last.as_ref() != Some(&place) {
            writeln!(out, "{} {}", style.bold(&exception.owner), place.1)?;
            writeln!(out, "  {}", style.wrap(&exception.reason, 2))?;
            writeln!(out, "  {}", style.dim(&style.wrap(&place.2.join(", "), 2)))?;
        }
        writeln!(out, "    {}", exception.check)?;
        last = Some(place);
    }
    Ok(())
}

/// Writes the document of what comes with the program.
///
/// # Errors
/// When the writer fails.
pub fn shipped_json(shipped: &[Exception], out: &mut dyn Write) -> io::Result<()> {
    write_json(shipped.iter().map(Entry::plain).collect(), out)
}

fn write_json(exceptions: Vec<Entry<'_>>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Document { schema: SCHEMA, exceptions })?;
    out.write_all(b"\n")
}

/// The objects, as far as they are named.
fn pattern(exception: &Exception) -> String {
    let Objects::Like(pattern) = &exception.objects else { return exception.whereabouts() };
    let word = |text: &Option<String>| text.clone().unwrap_or_else(|| "*".to_owned());
    format!("{} {}/{}", word(&pattern.kind), word(&pattern.namespace), word(&pattern.name))
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'a str,
    exceptions: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    check: &'a str,
    /// Nothing for what comes with the program and was held against nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a str>,
    source: &'a str,
    owner: &'a str,
    reason: &'a str,
    expires: Option<String>,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'a str>,
    pattern: String,
    images: &'a [String],
    findings: usize,
    objects: Vec<String>,
}

impl<'a> Entry<'a> {
    fn of(status: &'a ExceptionStatus, today: Date) -> Self {
        let (findings, problem) = match &status.state {
            ExceptionState::Used(number) | ExceptionState::Expired(number) => (*number, None),
            ExceptionState::Unused => (0, None),
            ExceptionState::Invalid(why) => (0, Some(why.as_str())),
        };
        let state = Some(Standing::of(status, today).id());
        let objects = status.objects.iter().map(shown).collect();
        Self { state, problem, findings, objects, ..Self::plain(&status.exception) }
    }

    fn plain(exception: &'a Exception) -> Self {
        Self {
            check: &exception.check,
            state: None,
            source: exception.source.id(),
            owner: &exception.owner,
            reason: &exception.reason,
            expires: exception.expires.as_ref().map(shown),
            at: exception.whereabouts(),
            problem: None,
            pattern: pattern(exception),
            images: &exception.part.images,
            findings: 0,
            objects: Vec::new(),
        }
    }
}

fn shown(it: &impl Display) -> String {
    it.to_string()
}
