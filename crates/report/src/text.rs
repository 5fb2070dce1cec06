//! A page for a person: the numbers, the five actions that matter, then the findings by root cause
//! and owner. Never a wall: of many alike, the first are shown and the rest counted.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use checks::Check;
use finding::{Action, ExceptionState, Finding, Report, Severity};
use model::{Cluster, Inputs, ObjectId};

use crate::style::{Style, count, harmless};

/// How many actions are named.
const ACTIONS: usize = 5;

/// How many objects a root cause shows, and how many places an object shows, unless all are asked.
const OBJECTS: usize = 4;
const PLACES: usize = 3;

/// How many parts of the input that could not be read are named.
const UNREADABLE: usize = 10;

/// How many exceptions that do not hold are named.
const EXCEPTIONS: usize = 10;

/// Writes the page. With `all`, nothing is left out.
///
/// # Errors
/// When the writer fails.
pub fn write(report: &Report, style: Style, all: bool, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { report, style, all };
    page.head(out)?;
    page.unreadable(out)?;
    page.actions(out)?;
    page.findings(out)?;
    page.exceptions(out)?;
    page.foot(out)
}

struct Page<'a> {
    report: &'a Report,
    style: Style,
    all: bool,
}

impl Page<'_> {
    fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        let Inputs { files, objects, clusters, .. } = &self.report.inputs;
        let mut parts: Vec<String> = clusters.iter().map(cluster).collect();
        if *files > 0 || parts.is_empty() {
            parts.push(count(*files, "file", "files"));
        }
        parts.push(count(*objects, "object", "objects"));
        parts.push(count(self.report.coverage.checks, "check", "checks"));
        let extent = self.style.wrap(&parts.join(", "), 11);
        writeln!(out, "{}  {extent}", self.style.bold("Ringfence"))?;
        writeln!(out)?;
        writeln!(out, "  {}", self.numbers())
    }

    /// How many findings there are, on as few lines as they fit.
    fn numbers(&self) -> String {
        let mut numbers = String::new();
        let mut columns = 0;
        for (text, painted) in self.parts() {
            let width = text.chars().count();
            match columns {
                0 => columns = 2 + width,
                _ if columns + 3 + width <= self.style.width => {
                    columns += 3 + width;
                    numbers.push_str("   ");
                }
                _ => {
                    columns = 2 + width;
                    numbers.push_str("\n  ");
                }
            }
            numbers.push_str(&painted);
        }
        numbers
    }

    /// Each number as it reads and as it looks.
    fn parts(&self) -> Vec<(String, String)> {
        let summary = &self.report.summary;
        let open = Severity::ALL.into_iter().filter_map(|severity| {
            let text = count(*summary.open.get(&severity)?, severity.id(), severity.id());
            let painted = self.style.severity(severity, &text);
            Some((text, painted))
        });
        let mut parts: Vec<(String, String)> = open.collect();
        if parts.is_empty() {
            parts.push((self.nothing_open(), self.nothing_open()));
        }
        for (number, what) in [(summary.accepted, "accepted"), (summary.known, "in the baseline")] {
            if number > 0 {
                let text = count(number, what, what);
                let painted = self.style.dim(&text);
                parts.push((text, painted));
            }
        }
        parts
    }

    /// Nothing found is good news only where something was seen.
    fn nothing_open(&self) -> String {
        let Inputs { objects, unreadable, .. } = &self.report.inputs;
        let unlisted = self.report.inputs.clusters.iter().any(|it| !it.unlisted.is_empty());
        match objects {
            0 if unlisted => "nothing could be listed".to_owned(),
            0 => "no Kubernetes object was found".to_owned(),
            _ if unlisted => "no open finding in what could be listed".to_owned(),
            _ if !unreadable.is_empty() => "no open finding in what could be read".to_owned(),
            _ => self.style.bold("no open finding"),
        }
    }

    fn unreadable(&self, out: &mut dyn Write) -> io::Result<()> {
        let unreadable = &self.report.inputs.unreadable;
        if unreadable.is_empty() {
            return Ok(());
        }
        self.heading("Could not be read", out)?;
        let shown = if self.all { unreadable.len() } else { UNREADABLE };
        for part in unreadable.iter().take(shown) {
            let line = part.line.map(|line| format!(":{line}")).unwrap_or_default();
            writeln!(out, "  {}{line}", harmless(&part.path))?;
            writeln!(out, "      {}", self.style.wrap(&harmless(&part.reason), 6))?;
        }
        self.rest(unreadable.len().saturating_sub(shown), 2, out)
    }

    fn actions(&self, out: &mut dyn Write) -> io::Result<()> {
        let actions = &self.report.actions;
        if actions.is_empty() {
            return Ok(());
        }
        self.heading("Do first", out)?;
        for (action, place) in actions.iter().take(ACTIONS).zip(1..) {
            self.action(action, place, out)?;
        }
        Ok(())
    }

    fn action(&self, action: &Action, place: usize, out: &mut dyn Write) -> io::Result<()> {
        let severity =
            self.style.severity(action.severity, &format!("{:<8}", action.severity.id()));
        let order = self.style.wrap(&action.order, 14);
        writeln!(out, "  {place}  {severity} {order}")?;
        writeln!(out, "              {}", self.style.wrap(&harmless(&action.scope), 14))?;
        let closes = count(action.closes.len(), "finding", "findings");
        let note = self.style.wrap(&format!("closes {closes}, about {} h", action.hours), 14);
        writeln!(out, "              {}", self.style.dim(&note))
    }

    fn findings(&self, out: &mut dyn Write) -> io::Result<()> {
        let open: Vec<&Finding> = self.report.findings.iter().filter(|it| it.is_open()).collect();
        if open.is_empty() {
            return Ok(());
        }
        self.heading("Findings", out)?;
        let same = |a: &&Finding, b: &&Finding| (a.severity, &a.check) == (b.severity, &b.check);
        let causes: Vec<&[&Finding]> = open.chunk_by(same).collect();
        let is_hygiene = |cause: &&&[&Finding]| {
            !self.all && cause.first().is_some_and(|it| it.severity == Severity::Low)
        };
        let first_low = causes.iter().position(|cause| is_hygiene(&cause));
        let (told, counted) = causes.split_at(first_low.unwrap_or(causes.len()));
        for (place, cause) in told.iter().enumerate() {
            if place > 0 {
                writeln!(out)?;
            }
            self.cause(cause, out)?;
        }
        if !told.is_empty() && !counted.is_empty() {
            writeln!(out)?;
        }
        counted.iter().try_for_each(|cause| self.hygiene(cause, out))?;
        self.rest_of_hygiene(counted.len(), out)
    }

    /// A root cause that is seldom urgent, in a line.
    fn hygiene(&self, findings: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
        let Some(first) = findings.first() else { return Ok(()) };
        let title = checks::find(&first.check).map_or(first.check.as_ref(), title);
        let severity = self.style.severity(first.severity, &format!("{:<8}", first.severity.id()));
        let owners: BTreeSet<&ObjectId> = findings.iter().map(|it| &*it.object).collect();
        let owners = count(owners.len(), "object", "objects");
        let note = format!("{}, {owners}", first.check);
        writeln!(out, "  {severity}  {}", self.titled(title, Style::plain, &note))
    }

    /// A headline with a note behind it, or below it where the page is too narrow for both.
    fn titled(&self, title: &str, look: fn(Style, &str) -> String, note: &str) -> String {
        let together = self.style.fits(&format!("{title}  {note}"), 12);
        let (title, note) = (self.style.wrap(title, 12), self.style.wrap(note, 12));
        let between = if together { "  " } else { "\n            " };
        [look(self.style, &title), self.style.dim(&note)].join(between)
    }

    fn rest_of_hygiene(&self, causes: usize, out: &mut dyn Write) -> io::Result<()> {
        if causes == 0 {
            return Ok(());
        }
        writeln!(out, "            {}", self.style.dim("--all shows where"))
    }

    /// One root cause: a check, and the objects that it speaks of.
    fn cause(&self, findings: &[&Finding], out: &mut dyn Write) -> io::Result<()> {
        let Some(first) = findings.first() else { return Ok(()) };
        let title = checks::find(&first.check).map_or(first.check.as_ref(), title);
        let severity = self.style.severity(first.severity, &format!("{:<8}", first.severity.id()));
        writeln!(out, "  {severity}  {}", self.titled(title, Style::bold, &first.check))?;
        let mut owners: BTreeMap<&ObjectId, Vec<&Finding>> = BTreeMap::new();
        for finding in findings {
            owners.entry(&finding.object).or_default().push(finding);
        }
        let shown = if self.all { owners.len() } else { OBJECTS };
        for (object, findings) in owners.iter().take(shown) {
            self.owner(object, findings, out)?;
        }
        self.rest(owners.len().saturating_sub(shown), 12, out)
    }

    fn owner(
        &self,
        object: &ObjectId,
        findings: &[&Finding],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let object = self.style.wrap(&harmless(&object.to_string()), 12);
        writeln!(out, "            {object}")?;
        let shown = if self.all { findings.len() } else { PLACES };
        for finding in findings.iter().take(shown) {
            let message = self.style.wrap(&harmless(&finding.message), 14);
            writeln!(out, "              {message}")?;
            if let Some(place) = place(finding) {
                writeln!(out, "              {}", self.style.dim(&harmless(&place)))?;
            }
        }
        self.rest(findings.len().saturating_sub(shown), 14, out)
    }

    fn exceptions(&self, out: &mut dyn Write) -> io::Result<()> {
        let used = |state: &ExceptionState| matches!(state, ExceptionState::Used(_));
        let stale = || self.report.exceptions.iter().filter(|it| !used(&it.state));
        let number = stale().count();
        if number == 0 {
            return Ok(());
        }
        self.heading("Exceptions that do not hold", out)?;
        let shown = if self.all { number } else { EXCEPTIONS };
        for status in stale().take(shown) {
            let exception = &status.exception;
            let what = match &status.state {
                ExceptionState::Unused => {
                    "covers nothing; remove it or mend its pattern".to_owned()
                }
                ExceptionState::Expired(number) => {
                    let day = exception.expires.map(|day| day.to_string()).unwrap_or_default();
                    let again = count(*number, "finding is", "findings are");
                    format!("expired on {day}; {again} open again")
                }
                ExceptionState::Invalid(why) => why.clone(),
                ExceptionState::Used(_) => continue,
            };
            let at = harmless(&exception.whereabouts()).into_owned();
            writeln!(
                out,
                "  {:<8}  {}  {}",
                status.state.id(),
                harmless(&exception.check),
                self.style.dim(&at)
            )?;
            writeln!(out, "            {}", self.style.wrap(&harmless(&what), 12))?;
        }
        self.rest(number.saturating_sub(shown), 2, out)
    }

    fn foot(&self, out: &mut dyn Write) -> io::Result<()> {
        let gaps = &self.report.coverage.gaps;
        if !gaps.is_empty() {
            self.heading("Not seen", out)?;
            for gap in gaps {
                writeln!(out, "  {}", self.style.wrap(&harmless(gap), 2))?;
            }
        }
        if let Some(first) = self.report.findings.iter().find(|it| it.is_open()) {
            let next = format!("More about a finding: ringfence explain {}", first.check);
            writeln!(out, "\n{}", self.style.dim(&self.style.wrap(&next, 0)))?;
        }
        Ok(())
    }

    fn heading(&self, title: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n{}", self.style.bold(title))
    }

    fn rest(&self, left_out: usize, indent: usize, out: &mut dyn Write) -> io::Result<()> {
        if left_out == 0 {
            return Ok(());
        }
        let text = format!("and {}; --all shows them", count(left_out, "more", "more"));
        writeln!(out, "{:indent$}{}", "", self.style.dim(&text))
    }
}

/// Where a finding stands: in a file, or in a live object.
fn place(finding: &Finding) -> Option<String> {
    let Some(location) = finding.location() else {
        let is_field = finding.live.is_some() && !finding.path.is_empty();
        return is_field.then(|| finding.path.to_string());
    };
    let mut place = location.to_string();
    let places: BTreeSet<_> =
        finding.locations.iter().map(|it| (&it.file, it.line, it.column)).collect();
    match places.len() {
        0 | 1 => {}
        several => place.extend([" and ", &count(several - 1, "other place", "other places")]),
    }
    place.push_str(&rendered_from(finding));
    Some(place)
}

/// The charts and kustomizations that gave the object, if any did.
fn rendered_from(finding: &Finding) -> String {
    let from = finding.locations.iter().filter_map(|it| it.rendered.as_ref());
    let from: BTreeSet<String> = from.map(|it| it.rendering.to_string()).collect();
    let first: Vec<&str> = from.iter().map(String::as_str).take(PLACES).collect();
    match from.len() {
        0 => String::new(),
        number if number > PLACES => {
            let more = count(number - PLACES, "more", "more");
            format!(", rendered from {} and {more}", first.join(", "))
        }
        _ => format!(", rendered from {}", first.join(", ")),
    }
}

/// A cluster by its name, its version, and when it was dumped if it was.
fn cluster(cluster: &Cluster) -> String {
    let mut name = harmless(&cluster.context).into_owned();
    if let Some(version) = &cluster.version {
        name.extend([" (", &harmless(version), ")"]);
    }
    if let Some(time) = &cluster.dumped {
        name.extend([" as of ", &harmless(time)]);
    }
    name
}

fn title(check: &Check) -> &str {
    check.title
}
