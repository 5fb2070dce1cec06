//! A comment on a pull request: the numbers, what could not be read, what to do first, and the open
//! findings in a table. It fits into the comment of a code host, and says what it leaves out.

use std::io::{self, Write};

use finding::{Finding, Report};

use crate::sentence::{self, unseen};
use crate::style::{count, harmless};

/// How many bytes a comment holds: GitHub takes 65,536 characters.
const ROOM: usize = 60_000;

/// How many actions are named.
const ACTIONS: usize = 5;

/// How many inputs that could not be read, and how many gaps, are named.
const UNSEEN: usize = 10;

/// How many characters of a text from outside are shown.
const TEXT: usize = 300;

/// Writes a report.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Vec::new();
    writeln!(page, "## Ringfence: {}\n", sentence::headline(report))?;
    writeln!(page, "{}: {}.", prose(&sentence::extent(report)), sentence::numbers(report))?;
    limits(report, &mut page)?;
    actions(report, &mut page)?;
    findings(report, &mut page)?;
    out.write_all(&page)
}

/// What could not be read, and what else limits the verdicts.
fn limits(report: &Report, page: &mut Vec<u8>) -> io::Result<()> {
    let unseen: Vec<String> = unseen(report).map(|it| prose(&it.sentence())).collect();
    let gaps: Vec<String> = report.coverage.gaps.iter().map(|it| prose(it)).collect();
    list("Could not be read", &unseen, page)?;
    list("Not seen", &gaps, page)
}

fn list(title: &str, lines: &[String], page: &mut Vec<u8>) -> io::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(page, "\n### {title}\n")?;
    lines.iter().take(UNSEEN).try_for_each(|line| writeln!(page, "- {line}"))?;
    rest(lines.len().saturating_sub(UNSEEN), page)
}

fn actions(report: &Report, page: &mut Vec<u8>) -> io::Result<()> {
    if report.actions.is_empty() {
        return Ok(());
    }
    writeln!(page, "\n### Do first\n")?;
    for (action, place) in report.actions.iter().take(ACTIONS).zip(1..) {
        let closes = count(action.closes.len(), "finding", "findings");
        let (order, scope, hours) = (marked(&action.order), prose(&action.scope), action.hours);
        let severity = action.severity;
        write!(page, "{place}. **{severity}** {order}: {scope}")?;
        writeln!(page, " (closes {closes}, about {hours} h)")?;
    }
    Ok(())
}

fn findings(report: &Report, page: &mut Vec<u8>) -> io::Result<()> {
    let open = || report.findings.iter().filter(|it| it.is_open());
    if open().next().is_none() {
        return Ok(());
    }
    let title = if report.summary.known > 0 { "New findings" } else { "Findings" };
    writeln!(page, "\n### {title}\n\n| | finding | object | where |\n|---|---|---|---|")?;
    let mut shown = 0;
    for row in open().map(row) {
        if page.len() + row.len() > ROOM {
            break;
        }
        page.extend(row.as_bytes());
        shown += 1;
    }
    rest(report.summary.open().saturating_sub(shown), page)
}

fn row(finding: &Finding) -> String {
    let place = match (finding.location(), &finding.live) {
        (Some(at), _) => code(&at.to_string()),
        (None, Some(_)) if !finding.path.is_empty() => code(&finding.path),
        _ => String::new(),
    };
    format!(
        "| {} | **{}**<br>{} | {} | {place} |\n",
        finding.severity,
        prose(sentence::title(&finding.check)),
        prose(&finding.message),
        code(&finding.object.to_string()),
    )
}

fn rest(number: usize, page: &mut Vec<u8>) -> io::Result<()> {
    if number == 0 {
        return Ok(());
    }
    writeln!(page, "\n…and {} not shown here.", count(number, "more", "more"))
}

/// An order, whose words between backticks are code.
pub(crate) fn marked(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let last = parts.len() - 1;
    let part = |(place, part): (usize, &&str)| match place {
        place if place % 2 == 1 && place < last => code(part),
        _ => prose(part),
    };
    parts.iter().enumerate().map(part).collect()
}

/// A text from outside as prose: nothing of it is markup or a link, mentions a person or refers to an
/// issue.
pub(crate) fn prose(text: &str) -> String {
    let text = shortened(text);
    let mut prose = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + letter.len_utf8()..]);
        match letter {
            '<' => prose.push_str("&lt;"),
            '>' => prose.push_str("&gt;"),
            '&' => prose.push_str("&amp;"),
            // An invisible letter behind it: what follows is no name and no number.
            '@' | '#' | '!' => prose.extend(['\\', letter, '\u{2060}']),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '|' | '$' | '^' => {
                prose.extend(['\\', letter]);
            }
            ':' if after.starts_with('/') => prose.push_str("\\:"),
            '.' if before.to_ascii_lowercase().ends_with("www") => prose.push_str("\\."),
            _ => prose.push(letter),
        }
    }
    prose
}

/// A text from outside as code, in a cell of a table, where a bar alone must be escaped.
fn code(text: &str) -> String {
    let text = shortened(text).replace('|', "\\|");
    let longest = text.split(|it| it != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn shortened(text: &str) -> String {
    let text = harmless(text);
    let mut short: String = text.chars().take(TEXT).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
