//! The documents that are open in the editor, as they are there.

use std::collections::BTreeMap;
use std::sync::Arc;

use gen_lsp_types::{
    DidChangeTextDocumentParams, DidOpenTextDocumentParams, Range, TextDocumentContentChangeEvent,
    Uri,
};

use super::address;
use super::lines::{Encoding, Lines};

/// All texts together; a document beyond that is judged as it is on the disk.
const MOST_BYTES: usize = 256 << 20;

/// One document.
#[derive(Debug)]
pub(super) struct Document {
    /// As the editor calls it.
    pub(super) uri: Uri,
    /// What the editor counts with each change.
    pub(super) version: i32,
    /// Whether the editor takes it for a format that we read.
    pub(super) is_ours: bool,
    pub(super) text: String,
}

/// By the names that findings call their files.
pub(super) type Open = BTreeMap<String, Arc<Document>>;

/// The open documents.
pub(super) struct Documents {
    pub(super) open: Open,
    pub(super) encoding: Encoding,
}

/// A document for which there is no room.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooMuch;

impl Documents {
    pub(super) fn new(encoding: Encoding) -> Self {
        Self { open: Open::new(), encoding }
    }

    pub(super) fn open(&mut self, params: DidOpenTextDocumentParams) -> Result<(), TooMuch> {
        let item = params.text_document;
        let language = String::from(item.language_id).to_ascii_lowercase();
        let is_ours = language.contains("yaml") || language.contains("json") || language == "helm";
        let document = Document { uri: item.uri, version: item.version, is_ours, text: item.text };
        self.keep(document)
    }

    /// Makes changes, each in the text that the one before it left. Of a document that is not open
    /// there is nothing to change.
    pub(super) fn change(&mut self, params: DidChangeTextDocumentParams) -> Result<(), TooMuch> {
        let identifier = params.text_document;
        let name = address::name(&identifier.text_document_identifier.uri);
        let Some(document) = self.open.remove(&name) else { return Ok(()) };
        let Document { uri, is_ours, .. } = &*document;
        let (uri, is_ours) = (uri.clone(), *is_ours);
        let mut text = Arc::try_unwrap(document).map_or_else(|it| it.text.clone(), |it| it.text);
        for change in params.content_changes {
            text = self.changed(text, change);
            if text.len() > MOST_BYTES {
                return Err(TooMuch);
            }
        }
        self.keep(Document { uri, version: identifier.version, is_ours, text })
    }

    pub(super) fn close(&mut self, uri: &Uri) {
        self.open.remove(&address::name(uri));
    }

    fn changed(&self, mut text: String, change: TextDocumentContentChangeEvent) -> String {
        match change {
            TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                let Range { start, end } = part.range;
                let lines = Lines::new(&text, self.encoding);
                let (start, end) = (lines.offset(start), lines.offset(end));
                text.replace_range(start..end.max(start), &part.text);
                text
            }
            TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => {
                whole.text
            }
        }
    }

    fn keep(&mut self, document: Document) -> Result<(), TooMuch> {
        let name = address::name(&document.uri);
        self.open.remove(&name);
        let taken: usize = self.open.iter().map(|(name, it)| name.len() + it.text.len()).sum();
        if taken + document.text.len() > MOST_BYTES {
            return Err(TooMuch);
        }
        self.open.insert(name, Arc::new(document));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{from_value, json};

    use super::*;

    fn opened(text: &str, encoding: Encoding) -> Documents {
        let item =
            json!({"uri": "file:///a.yaml", "languageId": "yaml", "version": 1, "text": text});
        let mut documents = Documents::new(encoding);
        documents.open(from_value(json!({"textDocument": item})).unwrap()).unwrap();
        documents
    }

    fn change(documents: &mut Documents, uri: &str, changes: &serde_json::Value) {
        let params = json!({"textDocument": {"uri": uri, "version": 2}, "contentChanges": changes});
        documents.change(from_value(params).unwrap()).unwrap();
    }

    fn now(documents: &Documents) -> &str {
        &documents.open["/a.yaml"].text
    }

    #[test]
    fn each_change_is_made_in_what_the_one_before_left() {
        let mut documents = opened("a: 🦀\r\nb: 1\r\n", Encoding::Utf16);
        let at = |line, start, end| json!({"start": {"line": line, "character": start}, "end": {"line": line, "character": end}});
        let changes = json!([
            {"range": at(0, 5, 5), "text": "\r\nnew: 2"},
            {"range": at(2, 3, 4), "text": "7"},
        ]);
        change(&mut documents, "file:///a.yaml", &changes);
        assert_eq!(now(&documents), "a: 🦀\r\nnew: 2\r\nb: 7\r\n");
        change(&mut documents, "file:///a.yaml", &json!([{"text": "whole"}]));
        assert_eq!(now(&documents), "whole");
    }

    #[test]
    fn what_is_not_open_is_not_changed() {
        let mut documents = opened("a", Encoding::Utf16);
        change(&mut documents, "file:///b.yaml", &json!([{"text": "x"}]));
        assert_eq!((documents.open.len(), now(&documents)), (1, "a"));
    }

    fn place() -> impl Strategy<Value = (u32, u32)> {
        (0..6_u32, 0..8_u32)
    }

    /// The text as a list of lines of units, which is how the protocol describes it.
    fn naive(text: &str, start: (u32, u32), end: (u32, u32), new: &str) -> String {
        let units: Vec<u16> = text.encode_utf16().collect();
        let offset = |(line, character): (u32, u32)| {
            let (mut at, mut number) = (0, 0);
            while number < line {
                match units[at..].iter().position(|it| *it == u16::from(b'\n')) {
                    Some(end) => (at, number) = (at + end + 1, number + 1),
                    None => return units.len(),
                }
            }
            let rest = units[at..].iter().take_while(|it| **it != u16::from(b'\n')).count();
            at + rest.min(character as usize)
        };
        let (start, end) = (offset(start), offset(end));
        let mut made = units[..start].to_vec();
        made.extend(new.encode_utf16());
        made.extend(&units[end.max(start)..]);
        String::from_utf16(&made).unwrap()
    }

    proptest! {
        #[test]
        fn a_change_is_made_where_a_naive_model_makes_it(
            text in "[aé\n]{0,20}", start in place(), end in place(), new in "[b\n]{0,3}",
        ) {
            let mut documents = opened(&text, Encoding::Utf16);
            let at = |(line, character)| json!({"line": line, "character": character});
            let range = json!({"start": at(start), "end": at(end)});
            change(&mut documents, "file:///a.yaml", &json!([{"range": range, "text": new}]));
            prop_assert_eq!(now(&documents), naive(&text, start, end, &new));
        }
    }
}
