//! What was found, by document, as an editor is told of it.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use finding::{Change, Finding, Location, Severity};
use gen_lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location as Spot, Position, Range,
};
use model::inputs::Unreadable;
use report::TOOL;
use report::style::{count, harmless};
use scan::config;
use scan::mend::{Level, Mending, Seat};

use super::address;
use super::documents::Open;
use super::lines::{Encoding, Lines};
use crate::exit::Failure;

/// More in one document are counted only.
const MOST_MARKS: usize = 500;

/// No file that is not open is read beyond this to count its columns.
const MOST_BYTES: u64 = 16 << 20;

/// The marks of each document that has one, by the name of its file.
pub(super) type Verdict = BTreeMap<String, Vec<Mark>>;

/// One place that the editor marks.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) diagnostic: Diagnostic,
    /// What was found there, unless the file cannot be read.
    pub(super) finding: Option<Arc<Finding>>,
    pub(super) mend: Option<Mend>,
}

/// What mends it, as [`Mending`] but for itself.
#[derive(Debug)]
pub(super) struct Mend {
    location: Location,
    pub(super) level: Level,
    changes: Vec<Change>,
    was: Option<String>,
}

impl Mark {
    /// What mends it.
    pub(super) fn mending(&self) -> Option<Mending<'_>> {
        let (finding, mend) = (self.finding.as_ref()?, self.mend.as_ref()?);
        let Mend { location, level, changes, was } = mend;
        let (changes, was) = (changes.clone(), was.clone());
        Some(Mending { finding, location, seat: Seat::of(location), level: *level, changes, was })
    }
}

/// A verdict while it is made, and the texts that columns are counted in.
pub(super) struct Book<'a> {
    open: &'a Open,
    encoding: Encoding,
    texts: BTreeMap<String, Rc<str>>,
    marks: Verdict,
    /// How many more than are marked.
    left: BTreeMap<String, usize>,
}

impl<'a> Book<'a> {
    pub(super) fn new(open: &'a Open, encoding: Encoding) -> Self {
        let (texts, marks, left) = Default::default();
        Self { open, encoding, texts, marks, left }
    }

    /// Enters a finding at one of its places.
    pub(super) fn enter(
        &mut self,
        finding: &Finding,
        at: &Location,
        mending: Option<&Mending<'_>>,
    ) {
        if self.is_full(&at.file) {
            return;
        }
        let others = finding.locations.iter().filter(|it| *it != at).take(10);
        let others: Vec<_> = others.map(|it| self.other(it)).collect();
        let diagnostic = Diagnostic {
            range: self.range(&at.file, at.line, at.column),
            severity: Some(severity(finding.severity)),
            code: Some(finding.check.to_string().into()),
            source: Some(TOOL.to_owned()),
            message: harmless(&finding.message).into_owned().into(),
            related_information: Some(others).filter(|it| !it.is_empty()),
            ..Diagnostic::default()
        };
        let mend = mending.map(|it| Mend {
            location: it.location.clone(),
            level: it.level,
            changes: it.changes.clone(),
            was: it.was.clone(),
        });
        self.mark(&at.file, Mark { diagnostic, finding: Some(Arc::new(finding.clone())), mend });
    }

    /// Enters what could not be read.
    pub(super) fn enter_unreadable(&mut self, it: &Unreadable) {
        self.complain(&it.path, it.line.unwrap_or(1), "unreadable", &it.reason);
    }

    /// Enters why the settings do not hold, at their line where there is one.
    pub(super) fn refuse(&mut self, settings: &Path, failure: &Failure) {
        let file = settings.display().to_string();
        match failure.cause.downcast_ref::<config::Error>() {
            Some(error) => self.complain(&file, error.line(), "settings", error.reason()),
            None => self.complain(&file, 1, "settings", &failure.to_string()),
        }
    }

    /// The verdict, each document's marks in the order of their lines.
    pub(super) fn close(mut self) -> Verdict {
        for (file, left) in std::mem::take(&mut self.left) {
            let more = count(left, "more finding is", "more findings are");
            let why = format!("{more} not marked here: `ringfence scan` lists all");
            let diagnostic = self.complaint(&file, 1, "more", &why);
            self.marks.entry(file).or_default().push(Mark {
                diagnostic,
                finding: None,
                mend: None,
            });
        }
        for marks in self.marks.values_mut() {
            marks.sort_by_key(|it| it.diagnostic.range.start);
        }
        self.marks
    }

    fn complain(&mut self, file: &str, line: u32, code: &str, why: &str) {
        if !self.is_full(file) {
            let diagnostic = self.complaint(file, line, code, why);
            self.mark(file, Mark { diagnostic, finding: None, mend: None });
        }
    }

    fn complaint(&mut self, file: &str, line: u32, code: &str, why: &str) -> Diagnostic {
        Diagnostic {
            range: self.range(file, line, 1),
            severity: Some(DiagnosticSeverity::Error),
            code: Some(code.to_owned().into()),
            source: Some(TOOL.to_owned()),
            message: harmless(why).into_owned().into(),
            ..Diagnostic::default()
        }
    }

    fn is_full(&mut self, file: &str) -> bool {
        let is_full = self.marks.get(file).is_some_and(|it| it.len() >= MOST_MARKS);
        if is_full {
            *self.left.entry(file.to_owned()).or_default() += 1;
        }
        is_full
    }

    fn mark(&mut self, file: &str, mark: Mark) {
        self.marks.entry(file.to_owned()).or_default().push(mark);
    }

    fn other(&mut self, at: &Location) -> DiagnosticRelatedInformation {
        let range = self.range(&at.file, at.line, at.column);
        let uri =
            self.open.get(&*at.file).map_or_else(|| address::of(&at.file), |it| it.uri.clone());
        let message = "the same object is given here, too".to_owned();
        DiagnosticRelatedInformation { location: Spot { uri, range }, message }
    }

    fn range(&mut self, file: &str, line: u32, column: u32) -> Range {
        let text = self.text(file);
        Lines::new(&text, self.encoding).rest_of(line, column)
    }

    fn text(&mut self, file: &str) -> Rc<str> {
        let read = || self.open.get(file).map_or_else(|| written(file), |it| it.text.clone());
        Rc::clone(self.texts.entry(file.to_owned()).or_insert_with(|| read().into()))
    }
}

/// What stands in a file; nothing where it is no text, which leaves columns at the start.
#[allow(clippy::disallowed_methods, reason = "the columns of a file on the disk are counted in it")]
fn written(file: &str) -> String {
    let mut text = String::new();
    let opened =
        std::fs::File::open(file).ok().filter(|it| it.metadata().is_ok_and(|it| it.is_file()));
    let read = opened.map(|it| it.take(MOST_BYTES).read_to_string(&mut text));
    if read.is_some_and(|it| it.is_ok()) { text } else { String::new() }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Critical | Severity::High => DiagnosticSeverity::Error,
        Severity::Medium => DiagnosticSeverity::Warning,
        Severity::Low => DiagnosticSeverity::Information,
    }
}

/// Whether two ranges share a place; their ends count.
pub(super) fn touches(a: &Range, b: &Range) -> bool {
    a.start <= b.end && b.start <= a.end
}

/// Whether a place lies in a range; its ends count.
pub(super) fn holds(range: &Range, place: Position) -> bool {
    range.start <= place && place <= range.end
}
