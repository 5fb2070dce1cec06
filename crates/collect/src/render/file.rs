//! Files that a chart or kustomization consists of, read for what they declare.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use model::Unreadable;
use model::tree::{Node, Tree};

use crate::path::cannot_open;
use crate::yaml::{Document, Limits, Reader};

/// No file of a chart or kustomization is looked into beyond this.
const MOST_BYTES: u64 = 16 << 20;

/// A file with its documents, as far as they can be read.
#[derive(Debug)]
pub(super) struct File {
    pub(super) name: Arc<str>,
    pub(super) text: String,
    pub(super) documents: Vec<Tree>,
}

/// Files, some of which hold a text that is not yet written.
pub(super) struct Files<'a>(pub(super) &'a BTreeMap<String, String>);

impl Files<'_> {
    /// Reads a file; what of it is no YAML is left out.
    pub(super) fn read(&self, name: &str) -> Result<File, Unreadable> {
        let text = self.text(name).map_err(|reason| unreadable(name, None, reason))?;
        Ok(File::of(name, text))
    }

    /// What a file holds.
    pub(super) fn text(&self, name: &str) -> Result<String, String> {
        self.0.get(name).cloned().map_or_else(|| text(name), Ok)
    }
}

impl File {
    /// Reads a file; what of it is no YAML is left out.
    pub(super) fn read(name: &str) -> Result<Self, Unreadable> {
        Files(&BTreeMap::new()).read(name)
    }

    /// A file whose text is here; what of it is no YAML is left out.
    pub(super) fn of(name: &str, text: String) -> Self {
        Self { name: name.into(), documents: documents(&text, 1).0, text }
    }

    /// Reads a file that must be YAML as a whole.
    pub(super) fn read_whole(name: &str) -> Result<Self, Unreadable> {
        let text = text(name).map_err(|reason| unreadable(name, None, reason))?;
        let (documents, error) = documents(&text, 1);
        if let Some(error) = error {
            return Err(unreadable(name, Some(error.line), error.reason));
        }
        Ok(Self { name: name.into(), documents, text })
    }

    /// The outermost value of its first document.
    pub(super) fn root(&self) -> Option<Node<'_>> {
        self.documents.first().map(Tree::root)
    }
}

/// What a file could not be read for.
pub(super) fn unreadable(name: &str, line: Option<u32>, reason: String) -> Unreadable {
    Unreadable { path: name.into(), line, reason }
}

/// The documents of a text that begins on a line, and the error at its end.
pub(super) fn documents(text: &str, line: u32) -> (Vec<Tree>, Option<crate::yaml::Error>) {
    let (mut limits, mut documents) = (Limits::for_text(text.len()), Vec::new());
    let read = Reader::default().read(text, line, &mut limits, &mut documents);
    let tree = |document| match document {
        Document::Tree(tree) => Some(tree),
        Document::Template { .. } => None,
    };
    (documents.into_iter().filter_map(tree).collect(), read.err())
}

/// The text of a regular file.
#[allow(clippy::disallowed_methods, reason = "this is a door through which files come")]
fn text(name: &str) -> Result<String, String> {
    let path = Path::new(name);
    let metadata = path.metadata().map_err(|error| cannot_open(&error))?;
    if !metadata.is_file() {
        return Err("is no regular file".to_owned());
    }
    let file = std::fs::File::open(path).map_err(|error| cannot_open(&error))?;
    let mut bytes = Vec::new();
    let read = file.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| cannot_open(&error))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(format!("larger than {} MiB; split it", MOST_BYTES >> 20));
    }
    let text = String::from_utf8(bytes).map_err(|_| "not valid UTF-8; save it as UTF-8")?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
