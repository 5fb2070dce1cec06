//! Where each value of a document stands in its text, byte by byte, so that one can be changed and
//! all else stays as it is.
//!
//! Nothing is resolved here: an alias is an alias, and a key that stands twice stands twice.

use std::ops::Range;

use granit_parser::{Event, ScalarStyle, Span, StructureStyle};

use super::parser::parser;
use super::scalar::{counted, key_text, resolve_tagged};

/// The layout of one document.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The part of the text that is this document, its marks and comments included.
    pub range: Range<usize>,
    /// The line it starts on, from 1, and the one behind its last.
    pub lines: Range<u32>,
    parts: Vec<Part>,
}

/// One value as it is written.
#[derive(Clone, Debug)]
struct Part {
    key: Option<(Box<str>, Range<usize>)>,
    span: Range<usize>,
    form: Form,
    /// What a scalar says.
    text: Box<str>,
    line: u32,
    column: usize,
    /// How many parts it spans, itself included.
    size: usize,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Not at all: nothing stands where a value could.
    Nothing,
    /// A plain scalar.
    Plain,
    /// In these quotes.
    Quoted(char),
    /// A scalar of whole lines, `|` or `>`.
    Lines,
    /// `*name`.
    Alias,
    /// A mapping, in braces or not.
    Map {
        /// In braces.
        flow: bool,
    },
    /// A list, in brackets or not.
    Seq {
        /// In brackets.
        flow: bool,
    },
}

/// One value of a layout. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    layout: &'a Layout,
    index: usize,
}

impl Layout {
    /// Reads one document, which starts at a byte and on a line of a text. Nothing where it is no
    /// YAML, holds no value, or is written in a way that is not edited: with a mapping as a key.
    pub fn of(document: &str, start: usize, line: u32) -> Option<Self> {
        let mut writer = Writer { start, first_line: line, parts: Vec::new(), open: Vec::new() };
        for event in parser(document) {
            let (event, span) = event.ok()?;
            writer.take(event, &span)?;
        }
        let range = start..start + document.len();
        let breaks = memchr::memchr_iter(b'\n', document.as_bytes()).count();
        let lines = line..line.saturating_add(counted(breaks)).saturating_add(1);
        (!writer.parts.is_empty()).then_some(Self { range, lines, parts: writer.parts })
    }

    /// The outermost value.
    pub fn root(&self) -> Site<'_> {
        Site { layout: self, index: 0 }
    }

    /// All values, from the outermost on.
    pub fn all(&self) -> impl Iterator<Item = Site<'_>> {
        (0..self.parts.len()).map(|index| Site { layout: self, index })
    }
}

impl<'a> Site<'a> {
    /// How it is written.
    pub fn form(self) -> Form {
        self.part().form
    }

    /// Its bytes: of a scalar with its quotes, of braces and brackets with them, of what has
    /// neither from its first key or item to the end of its last. Anchor and tag stand before.
    pub fn span(self) -> Range<usize> {
        self.part().span.clone()
    }

    /// What a scalar says, without quotes; empty for what is no scalar.
    pub fn text(self) -> &'a str {
        &self.part().text
    }

    /// Its key and the bytes of it, where it has one.
    pub fn key(self) -> Option<(&'a str, Range<usize>)> {
        self.part().key.as_ref().map(|(text, span)| (&**text, span.clone()))
    }

    /// The line of its key, or of itself, from 1.
    pub fn line(self) -> u32 {
        self.part().line
    }

    /// The column of its key, or of itself, in characters from 0.
    pub fn column(self) -> usize {
        self.part().column
    }

    /// The values directly inside.
    pub fn children(self) -> impl Iterator<Item = Self> {
        let end = self.index + self.part().size;
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            let child = (next < end).then_some(Self { index: next, ..self })?;
            next += child.part().size;
            Some(child)
        })
    }

    /// The entry of a key; the last of several, which is the one that counts.
    pub fn get(self, key: &str) -> Option<Self> {
        let is_map = matches!(self.form(), Form::Map { .. });
        let own = |it: &Self| it.key().is_some_and(|(text, _)| text == key);
        self.children().filter(own).last().filter(|_| is_map)
    }

    /// Whether it is written in braces, brackets, or inside of them.
    pub fn is_flow(self) -> bool {
        matches!(self.form(), Form::Map { flow: true } | Form::Seq { flow: true })
    }

    fn part(self) -> &'a Part {
        &self.layout.parts[self.index]
    }
}

/// Writes the parts while the events come.
struct Writer {
    start: usize,
    first_line: u32,
    parts: Vec<Part>,
    open: Vec<Open>,
}

/// A container that is not yet closed.
struct Open {
    index: usize,
    key: Option<(Box<str>, Range<usize>, u32, usize)>,
    is_map: bool,
}

impl Writer {
    fn take(&mut self, event: Event<'_>, span: &Span) -> Option<()> {
        match event {
            Event::Scalar(text, style, _, tag) => {
                if self.key_is_next() {
                    let resolved = resolve_tagged(&text, style, tag.as_deref());
                    return self.key(key_text(&resolved).into(), span);
                }
                let range = self.bytes(span)?;
                let form = match style {
                    ScalarStyle::Plain if range.is_empty() => Form::Nothing,
                    ScalarStyle::Plain => Form::Plain,
                    ScalarStyle::SingleQuoted => Form::Quoted('\''),
                    ScalarStyle::DoubleQuoted => Form::Quoted('"'),
                    ScalarStyle::Literal | ScalarStyle::Folded => Form::Lines,
                };
                let text = if form == Form::Nothing { "" } else { &*text };
                self.value(form, range, text, span);
            }
            Event::Alias(_) if self.key_is_next() => return None,
            Event::Alias(_) => self.value(Form::Alias, self.bytes(span)?, "", span),
            Event::MappingStart(style, ..) => self.begin(style, true, span)?,
            Event::SequenceStart(style, ..) => self.begin(style, false, span)?,
            Event::MappingEnd | Event::SequenceEnd => self.end(self.bytes(span)?.end),
            _ => {}
        }
        Some(())
    }

    fn key_is_next(&self) -> bool {
        self.open.last().is_some_and(|open| open.is_map && open.key.is_none())
    }

    fn key(&mut self, text: Box<str>, span: &Span) -> Option<()> {
        let (range, line, column) = (self.bytes(span)?, self.line(span), span.start.col());
        self.open.last_mut()?.key = Some((text, range, line, column));
        Some(())
    }

    fn begin(&mut self, style: StructureStyle, is_map: bool, span: &Span) -> Option<()> {
        if self.key_is_next() {
            return None;
        }
        let flow = style == StructureStyle::Flow;
        let form = if is_map { Form::Map { flow } } else { Form::Seq { flow } };
        let index = self.parts.len();
        self.value(form, self.bytes(span)?, "", span);
        self.open.push(Open { index, key: None, is_map });
        Some(())
    }

    fn end(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let (last, size) = (self.parts.last().map(|it| it.span.end), self.parts.len() - open.index);
        let Some(part) = self.parts.get_mut(open.index) else { return };
        part.size = size;
        let is_flow = matches!(part.form, Form::Map { flow: true } | Form::Seq { flow: true });
        part.span.end = if is_flow { end } else { last.unwrap_or(end).max(part.span.start) };
    }

    fn value(&mut self, form: Form, range: Range<usize>, text: &str, span: &Span) {
        let key = self.open.last_mut().and_then(|open| open.key.take());
        let (line, column) = match &key {
            Some((_, _, line, column)) => (*line, *column),
            None => (self.line(span), span.start.col()),
        };
        let key = key.map(|(text, range, ..)| (text, range));
        self.parts.push(Part { key, span: range, form, text: text.into(), line, column, size: 1 });
    }

    fn bytes(&self, span: &Span) -> Option<Range<usize>> {
        Some(self.start + span.start.byte_offset()?..self.start + span.end.byte_offset()?)
    }

    fn line(&self, span: &Span) -> u32 {
        counted(span.start.line()) + self.first_line - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# é\na: {b: [1, 'x'],}\nc:\n  - d: |\n      text\n\n  - &x y\ne:\nf: *x\n";

    #[test]
    fn every_value_has_its_bytes() {
        let layout = Layout::of(TEXT, 0, 1).unwrap();
        let texts: Vec<_> = layout.all().map(|it| &TEXT[it.span()]).collect();
        let c = "- d: |\n      text\n\n  - &x y";
        let inner = "d: |\n      text\n\n  ";
        assert_eq!(texts[1..8], ["{b: [1, 'x'],}", "[1, 'x']", "1", "'x'", c, inner, "text\n\n  "]);
        assert_eq!(texts[8..], ["y", "", "*x"]);
        assert_eq!(layout.root().get("e").map(Site::form), Some(Form::Nothing));
        assert_eq!(layout.root().get("c").map(|it| (it.line(), it.column())), Some((3, 0)));
    }

    #[test]
    fn a_later_document_counts_from_the_start_of_the_text() {
        let text = "a: 1\n---\nb: two\n";
        let layout = Layout::of(&text[5..], 5, 2).unwrap();
        let b = layout.root().get("b").unwrap();
        assert_eq!((&text[b.span()], b.line()), ("two", 3));
    }
}
