//! One YAML or JSON document after another, as the API server reads them, with the line and column
//! of every value.
//!
//! Anchors, aliases and merge keys are resolved; of a repeated key the last value is kept and the
//! repetition remembered. What an attacker could blow up is bounded by [`Limits`].

pub mod layout;
mod limits;
mod parser;
mod scalar;

use granit_parser::{Event, ScalarStyle, ScanError, Tag};
use model::builder::TreeBuilder;
use model::tree::{Position, Tree};

pub use layout::Layout;
pub use limits::Limits;
use parser::parser;
use scalar::{Resolved, counted, key_text, resolve_tagged};

/// What stands in one document.
#[derive(Debug)]
pub enum Document {
    /// A value.
    Tree(Tree),
    /// Something that only a template engine can finish: a mapping stands where a key should, as
    /// in `name: {{ .Values.name }}`.
    Template {
        /// The line of it, from 1.
        line: u32,
    },
}

/// Why the rest of a text could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct Error {
    /// The line, from 1.
    pub line: u32,
    /// Why, in words.
    pub reason: String,
}

/// Reads documents, reusing its buffers.
#[derive(Default)]
pub struct Reader {
    builder: TreeBuilder,
    open: Vec<Open>,
    anchors: Vec<Anchored>,
}

/// What an anchor stands for.
#[derive(Clone, Debug, Default)]
enum Anchored {
    #[default]
    Nothing,
    /// The value at this index of the tree.
    Value(usize),
    /// The text of a key.
    Key(String),
}

/// A container that is being read.
#[derive(Clone, Copy)]
enum Open {
    Seq,
    /// A mapping, and whether a key comes next.
    Map {
        key_next: bool,
    },
}

impl Reader {
    /// Reads all documents of a text, which starts on the given line. What was read before an
    /// error stands in `documents`. Empty documents are left out.
    ///
    /// # Errors
    /// Gives the line and the reason when the text is no YAML or passes a limit.
    pub fn read(
        &mut self,
        text: &str,
        first_line: u32,
        limits: &mut Limits,
        documents: &mut Vec<Document>,
    ) -> Result<(), Error> {
        let mut parser = parser(text);
        self.reset();
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| syntax(&error, first_line))?;
            let at = Position {
                line: counted(span.start.line()) + first_line - 1,
                column: counted(span.start.col()) + 1,
            };
            match event {
                Event::DocumentStart(..) => self.reset(),
                Event::DocumentEnd => documents.extend(self.finish(limits)),
                event => match self.take(event, at, limits) {
                    Ok(()) => {}
                    Err(Refused::Template) => {
                        documents.push(Document::Template { line: at.line });
                        return Ok(());
                    }
                    Err(Refused::Because(reason)) => return Err(Error { line: at.line, reason }),
                },
            }
        }
        Ok(())
    }

    fn reset(&mut self) {
        self.builder.clear();
        self.open.clear();
        self.anchors.clear();
    }

    fn finish(&mut self, limits: &mut Limits) -> Option<Document> {
        let values = self.builder.next();
        let tree = self.builder.finish();
        if tree.is_empty() || tree.root().kind() == model::Type::Null {
            return None;
        }
        limits.hold(values);
        Some(Document::Tree(tree))
    }

    fn take(&mut self, event: Event<'_>, at: Position, limits: &mut Limits) -> Result<(), Refused> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), at);
            }
            Event::MappingStart(_, anchor, _) => {
                self.begin(anchor, at, Open::Map { key_next: true })?;
            }
            Event::SequenceStart(_, anchor, _) => self.begin(anchor, at, Open::Seq)?,
            Event::MappingEnd | Event::SequenceEnd => {
                self.open.pop();
                self.builder.end();
                self.value_written();
            }
            Event::Alias(anchor) => self.alias(anchor, at, limits)?,
            _ => {}
        }
        if self.builder.next() > limits.values {
            return Err(Refused::because(
                "more values than a text of this size may hold; split it",
            ));
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        at: Position,
    ) {
        let resolved = resolve_tagged(text, style, tag);
        if !self.key_is_next() {
            self.remember(anchor, Anchored::Value(self.builder.next()));
            self.builder.scalar(resolved.as_scalar(), at);
            self.value_written();
            return;
        }
        match &resolved {
            Resolved::Str("<<") if style == ScalarStyle::Plain => self.builder.merge_key(at),
            resolved => self.builder.key(key_text(resolved), at),
        }
        if anchor != 0 {
            self.remember(anchor, Anchored::Key(key_text(&resolved).to_owned()));
        }
        self.key_written();
    }

    fn begin(&mut self, anchor: usize, at: Position, open: Open) -> Result<(), Refused> {
        if self.key_is_next() {
            return Err(Refused::Template);
        }
        self.remember(anchor, Anchored::Value(self.builder.next()));
        match open {
            Open::Seq => self.builder.begin_seq(at),
            Open::Map { .. } => self.builder.begin_map(at),
        }
        self.open.push(open);
        Ok(())
    }

    fn alias(&mut self, anchor: usize, at: Position, limits: &mut Limits) -> Result<(), Refused> {
        let index = match self.anchors.get(anchor) {
            Some(Anchored::Value(index)) => *index,
            Some(Anchored::Key(text)) => {
                let text = text.clone();
                return self.alias_of_text(&text, at, limits);
            }
            Some(Anchored::Nothing) | None => return Err(Refused::because("an unknown alias")),
        };
        if self.key_is_next() {
            return self.alias_as_key(index, at, limits);
        }
        let extent = self.builder.extent(index);
        if extent.values == 0 {
            return Err(Refused::because("an alias refers to a value that contains it"));
        }
        if self.open.len() + extent.depth > Limits::DEPTH {
            return Err(Refused::because("aliases nest too deep; write the values out"));
        }
        limits.spread(extent.values, extent.text).ok_or_else(Refused::spread)?;
        self.builder.copy(index, at);
        self.value_written();
        Ok(())
    }

    fn alias_as_key(
        &mut self,
        index: usize,
        at: Position,
        limits: &mut Limits,
    ) -> Result<(), Refused> {
        let text = self.builder.text(index).map(ToOwned::to_owned);
        let Some(text) = text else {
            return Err(Refused::because("an alias of a list or mapping is used as a key"));
        };
        self.alias_of_text(&text, at, limits)
    }

    fn alias_of_text(
        &mut self,
        text: &str,
        at: Position,
        limits: &mut Limits,
    ) -> Result<(), Refused> {
        limits.spread(1, text.len()).ok_or_else(Refused::spread)?;
        self.scalar(text, ScalarStyle::DoubleQuoted, 0, None, at);
        Ok(())
    }

    fn remember(&mut self, anchor: usize, what: Anchored) {
        if anchor == 0 {
            return;
        }
        if self.anchors.len() <= anchor {
            self.anchors.resize(anchor + 1, Anchored::Nothing);
        }
        self.anchors[anchor] = what;
    }

    fn key_is_next(&self) -> bool {
        matches!(self.open.last(), Some(Open::Map { key_next: true }))
    }

    fn key_written(&mut self) {
        if let Some(Open::Map { key_next }) = self.open.last_mut() {
            *key_next = false;
        }
    }

    fn value_written(&mut self) {
        if let Some(Open::Map { key_next }) = self.open.last_mut() {
            *key_next = true;
        }
    }
}

enum Refused {
    Template,
    Because(String),
}

impl Refused {
    fn because(reason: impl Into<String>) -> Self {
        Refused::Because(reason.into())
    }

    fn spread() -> Self {
        Self::because("aliases spread to too many values; write the values out")
    }
}

fn syntax(error: &ScanError, first_line: u32) -> Error {
    Error {
        line: counted(error.marker().line()) + first_line - 1,
        reason: format!("not valid YAML: {}", error.info()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, limits: Limits) -> (usize, Option<Error>) {
        let mut documents = Vec::new();
        let result = Reader::default().read(text, 1, &mut { limits }, &mut documents);
        (documents.len(), result.err())
    }

    fn refused(text: &str) -> Error {
        read(text, Limits::for_text(text.len())).1.unwrap()
    }

    #[test]
    fn documents_share_what_a_text_may_hold() {
        let limits = Limits { values: 7, aliased: 0 };
        assert_eq!(read("[1, 2]\n---\n[3, 4]\n", limits), (2, None));
        let (documents, error) = read("[1, 2]\n---\n[3, 4, 5, 6]\n", limits);
        assert_eq!((documents, error.unwrap().line), (1, 3));
    }

    #[test]
    fn however_many_comments_there_are_they_are_no_trouble() {
        let comments = "  # a word\n".repeat(500);
        let text =
            format!("a:\n{comments}  b:\n{comments}    - 1\n{comments}---\n{comments}c: 1\n");
        assert_eq!(read(&text, Limits::for_text(text.len())), (2, None));
        assert!(Layout::of(&format!("a:\n{comments}  b: 1\n{comments}"), 0, 1).is_some());
    }

    #[test]
    fn empty_documents_hold_nothing() {
        let limits = Limits { values: 1, aliased: 0 };
        assert_eq!(read("---\n---\n---\n~\n---\n1\n", limits), (1, None));
    }

    #[test]
    fn documents_share_what_aliases_may_spread_to() {
        let limits = Limits { values: 100, aliased: 3 };
        assert_eq!(read("[&a 1, *a]\n---\n[&a [1], *a]\n", limits), (2, None));
        assert_eq!(read("[&a 1, *a]\n---\n[&a [1, 2], *a]\n", limits).0, 1);
    }

    #[test]
    fn text_behind_an_alias_has_its_price_as_a_value_and_as_a_key() {
        let long = "x".repeat(100);
        let limits = Limits { values: 100, aliased: 7 };
        for uses in ["", "b: {v: *v}\n", "b: {*k : 1}\n"] {
            let text = format!("a: {{&k {long}: 1, v: &v {long}}}\n{uses}");
            assert_eq!(read(&text, limits), (1, None), "{uses}");
        }
        for uses in ["b: [*v, *v]\n", "b: {*k : 1, *v : 2}\n"] {
            let text = format!("a: {{&k {long}: 1, v: &v {long}}}\n{uses}");
            assert_eq!(read(&text, limits).1.unwrap().line, 2, "{uses}");
        }
    }

    #[test]
    fn aliases_nest_no_deeper_than_brackets() {
        let deep = |levels: usize| {
            let open = "[".repeat(100) + &"]".repeat(100);
            let level = |it: usize| {
                format!("l{it}: &l{it} {}", open.replacen("[]", &format!("[*l{}]", it - 1), 1))
            };
            let levels: Vec<String> = (1..=levels).map(level).collect();
            format!("l0: &l0 {open}\n{}\n", levels.join("\n"))
        };
        assert_eq!(read(&deep(4), Limits::for_text(0)), (1, None));
        let error = refused(&deep(5));
        assert_eq!((error.line, error.reason.contains("nest")), (6, true), "{error}");
    }
}
