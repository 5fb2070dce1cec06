//! What stands in one file: objects, lists of objects, templates, other things.

use std::sync::Arc;

use model::tree::{Node, Tree, Type};
use model::{Inputs, Object, Origin, SkipReason, Unreadable};
use rayon::prelude::*;

use super::helm::is_template;
use super::kustomize::{self, Patch};
use super::repository;
use super::source::{Text, decode};
use super::split::{self, Chunk};
use crate::yaml::{Document, Error, Limits, Reader};

/// The objects of one file and the account of it.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) objects: Vec<Object>,
    pub(super) inputs: Inputs,
    pub(super) patches: Vec<Patch>,
}

/// A file is cut into parts of about this size, which are read side by side.
const PART: usize = 1 << 20;

/// Lists inside lists inside lists: deeper ones are left as they are.
const MOST_LISTS: usize = 8;

/// The file that is read.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) name: &'a Arc<str>,
    /// Whether it is one of the templates of a chart, if it has anything to render.
    pub(super) in_chart: bool,
    /// Whether it is part of a chart or kustomization that was rendered.
    pub(super) is_rendered: bool,
}

/// Reads one file.
pub(super) fn read(
    file: File<'_>,
    bytes: &[u8],
    wanted: &(dyn Fn(&Object) -> bool + Sync),
) -> Sorted {
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(reason) => return Sorted::unreadable(file.name, None, reason),
    };
    read_text(file, &text, wanted)
}

fn read_text(file: File<'_>, text: &Text<'_>, wanted: &(dyn Fn(&Object) -> bool + Sync)) -> Sorted {
    let chunks = split::documents(text.as_bytes());
    let parts = parts(&chunks);
    let read = |part: &&[Chunk<'_>]| {
        let mut sorter = Sorter::new(file, wanted, part);
        part.iter().for_each(|&chunk| sorter.chunk(chunk));
        sorter.sorted
    };
    let mut all = Sorted::default();
    match parts.as_slice() {
        [only] => all = read(only),
        several => {
            let read: Vec<Sorted> = several.par_iter().map(read).collect();
            for part in read {
                all.add(part);
            }
        }
    }
    all
}

/// Groups documents into parts of about one [`PART`].
fn parts<'a, 'b>(chunks: &'b [Chunk<'a>]) -> Vec<&'b [Chunk<'a>]> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut bytes = 0;
    for (index, chunk) in chunks.iter().enumerate() {
        bytes += chunk.bytes.len();
        if bytes >= PART {
            parts.push(&chunks[start..=index]);
            start = index + 1;
            bytes = 0;
        }
    }
    if start < chunks.len() || parts.is_empty() {
        parts.push(&chunks[start..]);
    }
    parts
}

struct Sorter<'a> {
    file: &'a Arc<str>,
    in_chart: bool,
    is_rendered: bool,
    wanted: &'a (dyn Fn(&Object) -> bool + Sync),
    limits: Limits,
    reader: Reader,
    sorted: Sorted,
}

impl<'a> Sorter<'a> {
    fn new(
        file: File<'a>,
        wanted: &'a (dyn Fn(&Object) -> bool + Sync),
        part: &[Chunk<'_>],
    ) -> Self {
        let bytes = part.iter().map(|chunk| chunk.bytes.len()).sum();
        let (limits, reader) = (Limits::for_text(bytes), Reader::default());
        let File { name: file, in_chart, is_rendered } = file;
        Self { file, in_chart, is_rendered, wanted, limits, reader, sorted: Sorted::default() }
    }

    fn chunk(&mut self, chunk: Chunk<'_>) {
        let text = match std::str::from_utf8(chunk.bytes) {
            Ok(text) => text,
            Err(error) => return self.not_utf8(chunk, error.valid_up_to()),
        };
        if self.is_rendered {
            return self.passed_over(SkipReason::Rendered);
        }
        if self.in_chart && text.contains("{{") {
            return self.passed_over(SkipReason::HelmTemplate);
        }
        let mut documents = Vec::new();
        let result = self.reader.read(text, chunk.line, &mut self.limits, &mut documents);
        if result.is_err()
            && let Some(values) = split::json_values(chunk)
        {
            return values.into_iter().for_each(|value| self.chunk(value));
        }
        for document in documents {
            self.document(document, text);
        }
        if let Err(error) = result {
            self.broken(error, text);
        }
    }

    fn not_utf8(&mut self, chunk: Chunk<'_>, valid: usize) {
        let before = memchr::memchr_iter(b'\n', &chunk.bytes[..valid]).count();
        let line = chunk.line.saturating_add(u32::try_from(before).unwrap_or_default());
        let reason = "not valid UTF-8; save the file as UTF-8".to_owned();
        self.sorted.inputs.documents += 1;
        self.sorted.give_up(self.file, Some(line), reason);
    }

    fn passed_over(&mut self, reason: SkipReason) {
        self.sorted.inputs.documents += 1;
        self.sorted.inputs.skip(reason, self.file, 1);
    }

    fn broken(&mut self, error: Error, text: &str) {
        if is_template(text) {
            return self.passed_over(SkipReason::HelmTemplate);
        }
        self.sorted.inputs.documents += 1;
        self.sorted.give_up(self.file, Some(error.line), error.reason);
    }

    fn document(&mut self, document: Document, text: &str) {
        match document {
            Document::Tree(tree) => self.tree(tree),
            Document::Template { line } => {
                let reason = "a mapping or list is used as a key".to_owned();
                self.broken(Error { line, reason }, text);
            }
        }
    }

    fn tree(&mut self, tree: Tree) {
        self.sorted.inputs.documents += 1;
        if let Some(found) = kustomize::patches(self.file, tree.root()) {
            self.sorted.patches.extend(found);
        }
        if kustomize::is_patch(tree.root()) {
            return self.sorted.inputs.skip(SkipReason::KustomizePatch, self.file, 1);
        }
        let mut items = 0;
        if is_list(tree.root()) {
            self.repeated_items(&tree);
            self.items(&tree, tree.root(), &mut items, 0);
        } else if let Err(tree) = self.object(tree) {
            self.other(tree);
        }
    }

    /// What is no manifest is judged where the name of its file says what it is.
    fn other(&mut self, tree: Tree) {
        match repository::kind(self.file) {
            Some(kind) if tree.root().kind() == Type::Map => {
                self.keep(Object::of_file(tree, kind, Arc::clone(self.file)));
            }
            _ => self.sorted.inputs.skip(SkipReason::NotKubernetes, self.file, 1),
        }
    }

    /// Of two lists of items only the last is read, and no object is left to tell.
    fn repeated_items(&mut self, tree: &Tree) {
        for twice in tree.duplicates().iter().filter(|it| it.within.is_empty()) {
            let (key, line) = (&twice.key, twice.first.line);
            let reason =
                format!("{key:?} stands again on line {}; only that is read", twice.again.line);
            self.sorted.give_up(self.file, Some(line), reason);
        }
    }

    /// Takes the items of a list one by one. An item of a typed list, such as a `PodList` that the
    /// API server wrote, may leave out its kind.
    fn items(&mut self, tree: &Tree, list: Node<'_>, items: &mut usize, depth: usize) {
        for item in list.get("items").into_iter().flat_map(Node::items) {
            *items += 1;
            if is_list(item) && depth < MOST_LISTS {
                self.items(tree, item, items, depth + 1);
                continue;
            }
            let mut own = tree.subtree(item);
            if item.kind() == Type::Map && item.get("kind").is_none() {
                own = with_kind_of(list, own);
            }
            if self.object(own).is_err() && item.kind() != Type::Null {
                let line = Some(item.position().line);
                let reason = "an item of the list has no apiVersion and kind".to_owned();
                self.sorted.give_up(self.file, line, reason);
            }
        }
    }

    fn object(&mut self, tree: Tree) -> Result<(), Tree> {
        let origin = Origin::Manifest(Arc::clone(self.file));
        Object::new(tree, origin).map(|object| self.keep(object))
    }

    fn keep(&mut self, object: Object) {
        self.sorted.inputs.objects += 1;
        if (self.wanted)(&object) {
            self.sorted.objects.push(object);
        } else {
            let kind = [object.kind(), object.group()].join(".");
            let kind = kind.trim_end_matches('.').to_owned();
            *self.sorted.inputs.unasked.entry(kind).or_default() += 1;
        }
    }
}

/// A `List`, or a typed list such as `PodList`. A custom kind that merely ends so has no items.
fn is_list(node: Node<'_>) -> bool {
    let kind = node.get("kind").and_then(Node::as_str).unwrap_or_default();
    kind.ends_with("List") && node.get("items").is_some_and(|it| it.kind() == Type::Seq)
}

fn with_kind_of(list: Node<'_>, item: Tree) -> Tree {
    let text = |key| list.get(key).and_then(Node::as_text).unwrap_or_default();
    let kind = text("kind").trim_end_matches("List").to_owned();
    if kind.is_empty() { item } else { item.with_type(text("apiVersion"), &kind) }
}

impl Sorted {
    pub(super) fn unreadable(file: &Arc<str>, line: Option<u32>, reason: String) -> Self {
        let mut sorted = Self::default();
        sorted.give_up(file, line, reason);
        sorted
    }

    fn give_up(&mut self, file: &Arc<str>, line: Option<u32>, reason: String) {
        self.inputs.unreadable.push(Unreadable { path: Arc::clone(file), line, reason });
    }

    fn add(&mut self, other: Sorted) {
        self.objects.extend(other.objects);
        self.inputs.add(other.inputs);
        self.patches.extend(other.patches);
    }
}
