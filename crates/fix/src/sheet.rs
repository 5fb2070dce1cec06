//! The text of one document, and the bytes that go and come.

use std::ops::Range;

use collect::yaml::Layout;
use collect::yaml::layout::{Form, Site};

use crate::comment;
use crate::refusal::Refusal;
use crate::render::Style;

/// A text that is edited.
pub(crate) struct Sheet<'a> {
    pub(crate) text: &'a str,
    pub(crate) style: Style,
    taken: Vec<Range<usize>>,
    splices: Vec<Splice>,
}

/// Bytes that make way for others.
#[derive(Clone, Debug)]
struct Splice {
    range: Range<usize>,
    text: String,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(text: &'a str, layout: &Layout) -> Self {
        let (style, taken) = (Style::of(text, layout), comment::taken(layout.all()));
        Self { text, style, taken, splices: Vec::new() }
    }

    /// The text after all that was asked for.
    pub(crate) fn finish(mut self) -> Result<String, Refusal> {
        // Stable: of what goes to one place, the innermost comes first, as it was written.
        self.splices.sort_by_key(|splice| splice.range.start);
        let (mut text, mut done) = (String::with_capacity(self.text.len() + 256), 0);
        for Splice { range, text: new } in &self.splices {
            if range.is_empty() && range.start < done {
                text.push_str(&self.behind_gone(range.start, done, new)?);
                continue;
            }
            // What goes may go twice.
            let start = if new.is_empty() { range.start.max(done) } else { range.start };
            text.push_str(self.text.get(done..start).ok_or(Refusal::Contradiction)?);
            text.push_str(new);
            done = range.end.max(start);
        }
        text.push_str(self.text.get(done..).unwrap_or_default());
        Ok(text)
    }

    /// Lines that stand behind one that goes with its break: they come in its place.
    fn behind_gone(&self, at: usize, done: usize, lines: &str) -> Result<String, Refusal> {
        let is_end = at + self.break_at(at) == done;
        let lines = lines.strip_prefix(self.style.newline).filter(|_| is_end);
        Ok(format!("{}{}", lines.ok_or(Refusal::Contradiction)?, self.style.newline))
    }

    pub(crate) fn lines_at(&mut self, end: usize, lines: &[String]) {
        let newline = self.style.newline;
        self.splice(end..end, format!("{newline}{}", lines.join(newline)));
    }

    pub(crate) fn splice(&mut self, range: Range<usize>, text: String) {
        self.splices.push(Splice { range, text });
    }

    /// Where the last of a value ends, apart from what only separates it from what follows.
    pub(crate) fn end(&self, site: Site<'_>) -> Result<usize, Refusal> {
        let last = if site.is_flow() { None } else { site.children().last() };
        if let Some(last) = last {
            return self.end(last);
        }
        let span = site.span();
        match site.form() {
            Form::Nothing => self.behind(site),
            Form::Lines => {
                let text = self.text.get(span.clone()).unwrap_or_default();
                let blank = text.len() - text.trim_end().len();
                Ok(span.end - blank)
            }
            _ => Ok(span.end),
        }
    }

    /// Where a value could begin that is not written: behind its colon.
    pub(crate) fn behind(&self, site: Site<'_>) -> Result<usize, Refusal> {
        self.colon(&site.key().ok_or(Refusal::Shape)?.1)
    }

    /// Behind the colon of a key.
    pub(crate) fn colon(&self, key: &Range<usize>) -> Result<usize, Refusal> {
        let rest = self.text.get(key.end..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let is_there = rest[blank..].starts_with(':');
        if is_there { Ok(key.end + blank + 1) } else { Err(Refusal::Shape) }
    }

    /// Where the dash of an item stands, if nothing but blanks and properties is between.
    pub(crate) fn dash(&self, item: Site<'_>) -> Result<usize, Refusal> {
        let start =
            item.children().next().and_then(Site::key).map_or(item.span().start, |it| it.1.start);
        let start = if item.is_flow() { item.span().start } else { start };
        let mut before = self.text.get(..start).unwrap_or_default().trim_end();
        while before.rsplit(char::is_whitespace).next().is_some_and(|it| it.starts_with(['&', '!']))
        {
            let word = before.rsplit(char::is_whitespace).next().map_or(0, str::len);
            before = before[..before.len() - word].trim_end();
        }
        before.strip_suffix('-').map(str::len).ok_or(Refusal::Shape)
    }

    /// The comments in a range, each as a line of its own.
    pub(crate) fn comments(&self, range: Range<usize>, column: usize) -> Vec<String> {
        let comments = comment::within(self.text, range, &self.taken);
        comments.iter().map(|it| format!("{:column$}{it}", "")).collect()
    }

    pub(crate) fn keep_no_comment(&self, range: &Range<usize>) -> Result<(), Refusal> {
        let is_free = comment::within(self.text, range.clone(), &self.taken).is_empty();
        if is_free { Ok(()) } else { Err(Refusal::Comment) }
    }

    pub(crate) fn is_blank(&self, range: Range<usize>) -> bool {
        self.text.get(range).is_some_and(|it| it.trim().is_empty())
    }

    pub(crate) fn column(&self, at: usize) -> usize {
        self.text.get(self.line_start(at)..at).map_or(0, |it| it.chars().count())
    }

    pub(crate) fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|it| it.rfind('\n')).map_or(0, |newline| newline + 1)
    }

    /// Where the line of a byte ends, before its break.
    pub(crate) fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let end = rest.find('\n').unwrap_or(rest.len());
        at + rest[..end].strip_suffix('\r').map_or(end, str::len)
    }

    pub(crate) fn break_at(&self, end: usize) -> usize {
        let rest = self.text.get(end..).unwrap_or_default();
        ["\r\n", "\n"].iter().find(|it| rest.starts_with(**it)).map_or(0, |it| it.len())
    }

    pub(crate) fn break_before(&self, line: usize) -> usize {
        let before = self.text.get(..line).unwrap_or_default();
        ["\r\n", "\n"].iter().find(|it| before.ends_with(**it)).map_or(0, |it| it.len())
    }
}
