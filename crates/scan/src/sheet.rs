//! A file of ours, such as `ringfence.yaml`, read strictly: what is not known is refused, with its line
//! and the name that was probably meant.

use collect::yaml::{Document, Limits, Reader};
use finding::{Location, Severity};
use jiff::civil::Date;
use model::Type;
use model::tree::{Node, Tree};

use crate::accept;
use crate::spelling::nearest;

/// A setting that is not understood, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {reason}")]
pub struct Error {
    file: String,
    line: u32,
    reason: String,
}

impl Error {
    /// The line, from 1.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// What is wrong there, and what to do.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

/// Reads values of one file, and says where one is wrong.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sheet<'a> {
    pub(crate) file: &'a str,
}

impl Sheet<'_> {
    /// The one document of a text; nothing where it holds only comments.
    pub(crate) fn parse(self, text: &str) -> Result<Option<Tree>, Error> {
        let mut documents = Vec::new();
        let mut limits = Limits::for_text(text.len());
        Reader::default()
            .read(text, 1, &mut limits, &mut documents)
            .map_err(|error| self.refuse_line(error.line, error.reason.clone()))?;
        match (documents.pop(), documents.is_empty()) {
            (None, _) => Ok(None),
            (Some(Document::Tree(tree)), true) => match tree.duplicates().first() {
                None => Ok(Some(tree)),
                Some(twice) => {
                    let reason = format!("{:?} is set twice", twice.key);
                    Err(self.refuse_line(twice.again.line, reason))
                }
            },
            (Some(Document::Template { line }), _) => {
                Err(self.refuse_line(line, "a mapping is used as a key".to_owned()))
            }
            (Some(Document::Tree(_)), false) => {
                Err(self.refuse_line(1, "more than one document in it".to_owned()))
            }
        }
    }

    /// The entries of a mapping whose keys must be known.
    pub(crate) fn entries<'n>(
        self,
        node: Node<'n>,
        known: &[&str],
    ) -> Result<Vec<Node<'n>>, Error> {
        if node.kind() != Type::Map {
            return Err(self.expected(node, "a mapping"));
        }
        match node.entries().find(|entry| !known.contains(&entry.key())) {
            None => Ok(node.entries().collect()),
            Some(entry) => {
                let key = entry.key();
                let near = nearest(key, known.iter().copied());
                Err(self.refuse(entry, unknown("setting", key, near, known)))
            }
        }
    }

    pub(crate) fn items(self, node: Node<'_>) -> Result<Vec<Node<'_>>, Error> {
        match node.kind() {
            Type::Seq => Ok(node.items().collect()),
            _ => Err(self.expected(node, "a list")),
        }
    }

    pub(crate) fn words(self, node: Node<'_>) -> Result<Vec<String>, Error> {
        let word = |item: Node<'_>| self.text(item).map(ToOwned::to_owned);
        self.items(node)?.into_iter().map(word).collect()
    }

    pub(crate) fn text(self, node: Node<'_>) -> Result<&str, Error> {
        node.as_text().ok_or_else(|| self.expected(node, "a text"))
    }

    pub(crate) fn boolean(self, node: Node<'_>) -> Result<bool, Error> {
        node.as_bool().ok_or_else(|| self.expected(node, "true or false"))
    }

    pub(crate) fn day(self, node: Node<'_>) -> Result<Date, Error> {
        accept::parse_day(self.text(node)?).map_err(|why| self.refuse(node, why))
    }

    pub(crate) fn number(self, node: Node<'_>) -> Result<u32, Error> {
        let number = node.as_i64().and_then(|number| u32::try_from(number).ok());
        number.ok_or_else(|| self.expected(node, "a number from 0 to 4294967295"))
    }

    pub(crate) fn severity(self, node: Node<'_>) -> Result<Severity, Error> {
        let text = self.text(node)?;
        text.parse()
            .map_err(|why: finding::severity::UnknownSeverity| self.refuse(node, why.to_string()))
    }

    /// A severity, or `never`.
    pub(crate) fn threshold(self, node: Node<'_>) -> Result<Option<Severity>, Error> {
        match self.text(node)? {
            "never" => Ok(None),
            _ => self.severity(node).map(Some),
        }
    }

    /// One of some words.
    pub(crate) fn one_of<'w>(
        self,
        node: Node<'_>,
        what: &str,
        words: &[&'w str],
    ) -> Result<&'w str, Error> {
        let text = self.text(node)?;
        let found = words.iter().copied().find(|word| *word == text);
        let near = nearest(text, words.iter().copied());
        found.ok_or_else(|| self.refuse(node, unknown(what, text, near, words)))
    }

    pub(crate) fn expected(self, node: Node<'_>, what: &str) -> Error {
        let key = if node.key().is_empty() { "this" } else { node.key() };
        self.refuse(node, format!("{key} should be {what}, not a {}", node.kind()))
    }

    pub(crate) fn location(self, node: Node<'_>) -> Location {
        let position = node.position();
        Location {
            file: self.file.into(),
            line: position.line,
            column: position.column,
            rendered: None,
        }
    }

    pub(crate) fn refuse(self, node: Node<'_>, reason: String) -> Error {
        self.refuse_line(node.position().line, reason)
    }

    fn refuse_line(self, line: u32, reason: String) -> Error {
        Error { file: self.file.to_owned(), line, reason }
    }
}

fn unknown(what: &str, word: &str, near: Option<&str>, known: &[&str]) -> String {
    match near {
        Some(near) => format!("unknown {what} {word:?}; did you mean {near:?}?"),
        None => format!("unknown {what} {word:?}; known: {}", known.join(", ")),
    }
}
