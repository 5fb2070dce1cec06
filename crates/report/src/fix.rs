//! The account of edits: what was changed, what was not and why, what is left.

use std::io::{self, Write};

use finding::{Change, To};
use scan::mend::{Level, Mending};
use serde_json::{Value, json};

use crate::style::{Style, count, harmless};

/// What became of some findings.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// Whether the files were written.
    pub written: bool,
    /// Edits that were made, or would be, in the order of files and lines.
    pub made: Vec<Mended>,
    /// Edits that could not be made, and why.
    pub refused: Vec<(Mended, String)>,
    /// Open findings that are mended only with `--review`.
    pub to_review: usize,
    /// Open findings that only a person can mend.
    pub to_decide: usize,
}

/// One finding and the edit that mends it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mended {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The check.
    pub check: String,
    /// The object.
    pub object: String,
    /// Whether a person must look at the edit.
    pub review: bool,
    /// What changes.
    pub changes: Vec<Change>,
    /// The value that somebody set and that goes.
    pub was: Option<String>,
}

impl Mended {
    /// What is told of what mends a finding.
    pub fn of(mending: &Mending<'_>) -> Self {
        Self {
            file: mending.seat.file.to_string(),
            line: mending.seat.line,
            check: mending.finding.check.to_string(),
            object: mending.finding.object.to_string(),
            review: mending.level == Level::Review,
            changes: mending.changes.clone(),
            was: mending.was.clone(),
        }
    }

    /// The edit in words.
    pub fn words(&self) -> String {
        let mut words: Vec<String> = self.changes.iter().take(1).map(change).collect();
        if let Some(more) = self.changes.len().checked_sub(1).filter(|it| *it > 0) {
            words.push(format!("and {}", count(more, "more change", "more changes")));
        }
        if let Some(was) = &self.was {
            words.push(format!("(it was {})", harmless(was)));
        }
        words.join(" ")
    }
}

fn change(change: &Change) -> String {
    let path = harmless(&change.path);
    match &change.to {
        To::Value(json) => format!("sets {path} to {}", harmless(json)),
        To::Nothing | To::Cleared => format!("removes {path}"),
        To::Key(key) => format!("renames {path} to {}", harmless(key)),
        To::Longer(json) => format!("adds {} to {path}", harmless(json)),
        To::Quoted => format!("puts {path} in quotes"),
        To::Once => format!("leaves {path} once"),
    }
}

/// Writes the page for a person.
///
/// # Errors
/// When the writer fails.
pub fn text(account: &Account, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let edits = count(account.made.len(), "edit", "edits");
    let done = if account.written { "made" } else { "to make" };
    writeln!(out, "{}  {edits} {done}", style.bold("Ringfence fix"))?;
    let mut file = None;
    for it in &account.made {
        if file.replace(&it.file) != Some(&it.file) {
            writeln!(out, "\n  {}", style.bold(&harmless(&it.file)))?;
        }
        let level = if it.review { style.dim("  review") } else { String::new() };
        writeln!(out, "    {:>5}  {}{level}", it.line, it.check)?;
        writeln!(out, "           {}: {}", harmless(&it.object), it.words())?;
    }
    if !account.refused.is_empty() {
        writeln!(out, "\n{}", style.bold("Not changed"))?;
    }
    for (it, why) in &account.refused {
        writeln!(out, "  {}:{}  {}: {why}", harmless(&it.file), it.line, it.check)?;
    }
    left(account, out)
}

fn left(account: &Account, out: &mut dyn Write) -> io::Result<()> {
    if account.to_review + account.to_decide > 0 {
        writeln!(out)?;
    }
    if account.to_review > 0 {
        let number = count(account.to_review, "finding takes", "findings take");
        writeln!(out, "{number} an edit that a person must look at: add --review")?;
    }
    if account.to_decide > 0 {
        let number = count(account.to_decide, "finding is", "findings are");
        writeln!(out, "{number} left to a person: `ringfence scan` says what to do")?;
    }
    Ok(())
}

/// Writes `ringfence.fix/v1`.
///
/// # Errors
/// When the writer fails.
pub fn json(account: &Account, out: &mut dyn Write) -> io::Result<()> {
    let one = |it: &Mended| {
        json!({
            "file": it.file,
            "line": it.line,
            "check": it.check,
            "object": it.object,
            "level": if it.review { "review" } else { "safe" },
            "changes": it.changes.iter().map(change_json).collect::<Vec<_>>(),
            "was": it.was,
        })
    };
    let refused = |(it, why): &(Mended, String)| {
        let mut refused = one(it);
        refused["reason"] = json!(why);
        refused
    };
    let account = json!({
        "schema": "ringfence.fix/v1",
        "tool": {"name": crate::TOOL, "version": crate::VERSION},
        "written": account.written,
        "edits": account.made.iter().map(one).collect::<Vec<_>>(),
        "refused": account.refused.iter().map(refused).collect::<Vec<_>>(),
        "left": {"review": account.to_review, "person": account.to_decide},
    });
    serde_json::to_writer_pretty(&mut *out, &account)?;
    out.write_all(b"\n")
}

fn change_json(change: &Change) -> Value {
    let read = |json: &String| serde_json::from_str(json).unwrap_or(Value::Null);
    match &change.to {
        To::Value(json) => json!({"op": "set", "path": change.path, "value": read(json)}),
        To::Nothing | To::Cleared => json!({"op": "remove", "path": change.path}),
        To::Key(key) => json!({"op": "rename", "path": change.path, "key": key}),
        To::Longer(json) => json!({"op": "append", "path": change.path, "value": read(json)}),
        To::Quoted => json!({"op": "quote", "path": change.path}),
        To::Once => json!({"op": "once", "path": change.path}),
    }
}
