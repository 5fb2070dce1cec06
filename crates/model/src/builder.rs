//! How a reader of YAML or JSON writes a [`Tree`].

use std::collections::{BTreeMap, HashSet};
use std::sync::OnceLock;

use crate::settle::settle;
use crate::tree::{Duplicate, Node, Position, Run, Slot, Tree, Type};

/// A scalar as the reader resolved it. Numbers come in canonical decimal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar<'a> {
    /// Null.
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer, in canonical decimal.
    Int(&'a str),
    /// A number with a fraction or an exponent.
    Float(&'a str),
    /// A string.
    Str(&'a str),
}

/// Writes one tree after another, reusing its buffers.
///
/// Every value of a mapping is announced by [`key`](Self::key); every container is closed by
/// [`end`](Self::end). A mapping whose key stood twice keeps the last value, as the API server
/// does, and remembers the fact.
#[derive(Default)]
pub struct TreeBuilder {
    slots: Vec<Slot>,
    text: String,
    open: Vec<usize>,
    key: Option<Key>,
    unsettled: bool,
    scratch: Vec<usize>,
}

/// How far a value reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// How many values it spans, itself included.
    pub values: usize,
    /// Bytes of text in them.
    pub text: usize,
    /// How many levels there are, one for a scalar.
    pub depth: usize,
}

#[derive(Clone, Copy)]
struct Key {
    run: Run,
    at: Position,
    merge: bool,
}

impl TreeBuilder {
    /// Announces the key of the next value.
    pub fn key(&mut self, text: &str, at: Position) {
        let run = self.write(text);
        self.key = Some(Key { run, at, merge: false });
    }

    /// Announces that the next value is merged into the mapping around it (`<<`).
    pub fn merge_key(&mut self, at: Position) {
        let run = self.write("<<");
        self.key = Some(Key { run, at, merge: true });
    }

    /// Writes a scalar.
    pub fn scalar(&mut self, scalar: Scalar<'_>, at: Position) {
        let (kind, text) = match scalar {
            Scalar::Null => (Type::Null, ""),
            Scalar::Bool(true) => (Type::Bool, "true"),
            Scalar::Bool(false) => (Type::Bool, "false"),
            Scalar::Int(text) => (Type::Int, text),
            Scalar::Float(text) => (Type::Float, text),
            Scalar::Str(text) => (Type::Str, text),
        };
        let value = self.write(text);
        self.push(kind, value, at);
    }

    /// Opens a mapping.
    pub fn begin_map(&mut self, at: Position) {
        self.begin(Type::Map, at);
    }

    /// Opens a list.
    pub fn begin_seq(&mut self, at: Position) {
        self.begin(Type::Seq, at);
    }

    /// Closes the innermost mapping or list.
    pub fn end(&mut self) {
        let Some(index) = self.open.pop() else { return };
        if self.slots[index].kind == Type::Map && self.is_unsettled(index) {
            self.slots[index].unsettled = true;
            self.unsettled = true;
        }
        self.slots[index].size = count(self.slots.len() - index);
    }

    /// The index that the next value will have: what an anchor remembers.
    pub fn next(&self) -> usize {
        self.slots.len()
    }

    /// How many values a closed value at this index spans, itself included. Zero while it is open.
    pub fn size(&self, index: usize) -> usize {
        self.slots.get(index).map_or(0, |slot| slot.size as usize)
    }

    /// How far a closed value at this index reaches. Zero while it is open.
    pub fn extent(&self, index: usize) -> Extent {
        let mut extent = Extent::default();
        let mut ends: Vec<usize> = Vec::new();
        for (inner, slot) in self.slots.iter().enumerate().skip(index).take(self.size(index)) {
            while ends.last().is_some_and(|&end| end <= inner) {
                ends.pop();
            }
            ends.push(inner + slot.size as usize);
            extent.values += 1;
            extent.text += slot.key.len as usize + slot.value.len as usize;
            extent.depth = extent.depth.max(ends.len());
        }
        extent
    }

    /// The text of a scalar; nothing for a list or mapping.
    pub fn text(&self, index: usize) -> Option<&str> {
        let slot = self.slots.get(index)?;
        let scalar = !matches!(slot.kind, Type::Map | Type::Seq);
        scalar.then(|| self.run(slot.value))
    }

    /// Writes a closed value once more, as an alias asks.
    pub fn copy(&mut self, index: usize, at: Position) {
        let top = self.slots.len();
        self.slots.extend_from_within(index..index + self.size(index));
        let key = self.key.take();
        let copied = &mut self.slots[top];
        copied.key = key.map_or_else(Run::default, |key| key.run);
        copied.at = key.map_or(at, |key| key.at);
        copied.merge = key.is_some_and(|key| key.merge);
    }

    /// Takes the finished tree and is ready for the next. Containers left open are closed.
    pub fn finish(&mut self) -> Tree {
        while !self.open.is_empty() {
            self.end();
        }
        let (slots, duplicates) = if self.unsettled {
            settle(&self.slots, &self.text)
        } else {
            (self.slots.clone(), Vec::new())
        };
        let mut tree = Tree {
            slots: slots.into(),
            text: self.text.as_str().into(),
            duplicates: duplicates.into(),
            broad: OnceLock::new(),
        };
        tree.move_duplicates(|map| map);
        self.clear();
        tree
    }

    /// Forgets what was written and is ready for the next tree.
    pub fn clear(&mut self) {
        self.slots.clear();
        self.text.clear();
        self.open.clear();
        self.key = None;
        self.unsettled = false;
    }

    fn begin(&mut self, kind: Type, at: Position) {
        self.open.push(self.slots.len());
        self.push(kind, Run::default(), at);
    }

    fn push(&mut self, kind: Type, value: Run, at: Position) {
        let key = self.key.take();
        let size = u32::from(!matches!(kind, Type::Map | Type::Seq));
        self.slots.push(Slot {
            key: key.map_or_else(Run::default, |key| key.run),
            value,
            at: key.map_or(at, |key| key.at),
            size,
            kind,
            merge: key.is_some_and(|key| key.merge),
            unsettled: false,
        });
    }

    fn write(&mut self, text: &str) -> Run {
        let start = count(self.text.len());
        self.text.push_str(text);
        Run { start, len: count(text.len()) }
    }

    fn run(&self, run: Run) -> &str {
        &self.text[run.start as usize..(run.start + run.len) as usize]
    }

    /// Takes over values of another tree.
    fn take(&mut self, slots: &[Slot], text: &str) {
        let mut moved = Moved::default();
        for slot in slots {
            let (key, value) = (moved.run(slot.key, text, self), moved.run(slot.value, text, self));
            self.slots.push(Slot { key, value, ..*slot });
        }
    }

    /// Whether a mapping has merge keys to spread or repeated keys to drop.
    fn is_unsettled(&mut self, map: usize) -> bool {
        let mut entries = std::mem::take(&mut self.scratch);
        entries.clear();
        let mut entry = map + 1;
        while entry < self.slots.len() {
            entries.push(entry);
            entry += self.size(entry).max(1);
        }
        let merges = entries.iter().any(|&entry| self.slots[entry].merge);
        let unsettled = merges || self.has_repeats(&entries);
        self.scratch = entries;
        unsettled
    }

    fn has_repeats(&self, entries: &[usize]) -> bool {
        let key = |entry: usize| self.run(self.slots[entry].key);
        if entries.windows(2).all(|pair| key(pair[0]) < key(pair[1])) {
            return false;
        }
        if entries.len() <= 12 {
            let keys = |range: &[usize], key: &str| {
                range.iter().any(|&other| self.run(self.slots[other].key) == key)
            };
            return (1..entries.len())
                .any(|place| keys(&entries[..place], self.run(self.slots[entries[place]].key)));
        }
        let mut seen = HashSet::with_capacity(entries.len());
        entries.iter().any(|&entry| !seen.insert(self.run(self.slots[entry].key)))
    }
}

/// Where text of another tree went. What aliases share stays shared, or a short text could grow
/// without bound.
#[derive(Default)]
struct Moved {
    in_order: Vec<(u32, Run)>,
    others: BTreeMap<u32, Run>,
}

impl Moved {
    fn run(&mut self, run: Run, text: &str, builder: &mut TreeBuilder) -> Run {
        if run.len == 0 {
            return Run::default();
        }
        let text = &text[run.start as usize..(run.start + run.len) as usize];
        if self.in_order.last().is_none_or(|(last, _)| run.start > *last) {
            self.in_order.push((run.start, builder.write(text)));
        }
        match self.in_order.binary_search_by_key(&run.start, |(start, _)| *start) {
            Ok(place) => self.in_order[place].1,
            Err(_) => *self.others.entry(run.start).or_insert_with(|| builder.write(text)),
        }
    }
}

impl Tree {
    /// The value as a tree of its own, such as one item of a `List`.
    #[must_use]
    pub fn subtree(&self, node: Node<'_>) -> Tree {
        let start = node.index();
        let size = self.slots[start].size as usize;
        let mut builder = TreeBuilder::default();
        builder.take(&self.slots[start..start + size], &self.text);
        builder.slots[0].key = Run::default();
        let mut tree = builder.finish();
        let inside = |it: &&Duplicate| (start..start + size).contains(&it.map);
        tree.duplicates = self.duplicates.iter().filter(inside).cloned().collect();
        tree.move_duplicates(|map| map - start);
        tree
    }

    /// The mapping with an `apiVersion` and a `kind` in front, as an item of a typed list means.
    #[must_use]
    pub fn with_type(&self, api_version: &str, kind: &str) -> Tree {
        let mut builder = TreeBuilder::default();
        let at = self.root().position();
        builder.begin_map(at);
        for (key, value) in [("apiVersion", api_version), ("kind", kind)] {
            builder.key(key, at);
            builder.scalar(Scalar::Str(value), at);
        }
        builder.take(self.slots.get(1..).unwrap_or_default(), &self.text);
        let mut tree = builder.finish();
        tree.duplicates.clone_from(&self.duplicates);
        // One more value, or two where the mapping had no type of its own at all.
        let shift = tree.len() - self.len();
        tree.move_duplicates(|map| if map == 0 { 0 } else { map + shift });
        tree
    }

    /// Says anew where the mappings of the repeated keys stand.
    fn move_duplicates(&mut self, moved: impl Fn(usize) -> usize) {
        let mut duplicates = std::mem::take(&mut self.duplicates);
        for duplicate in &mut duplicates {
            duplicate.map = moved(duplicate.map);
            let map = Node::new(self, duplicate.map);
            duplicate.within = map.map(Node::path).unwrap_or_default().into();
        }
        self.duplicates = duplicates;
    }
}

/// Trees are limited far below 4 GiB at the door, see `collect::manifests`.
fn count(number: usize) -> u32 {
    u32::try_from(number).expect("a document is smaller than 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `list: [&a "…", *a, *a, …]`, as a reader writes it.
    fn many_aliases_of_one_text(text: &str, times: usize) -> Tree {
        let mut builder = TreeBuilder::default();
        let at = Position::default();
        builder.begin_map(at);
        builder.key("list", at);
        builder.begin_seq(at);
        let anchor = builder.next();
        builder.scalar(Scalar::Str(text), at);
        (1..times).for_each(|_| builder.copy(anchor, at));
        builder.end();
        builder.end();
        builder.finish()
    }

    #[test]
    fn a_part_of_a_tree_shares_the_text_that_its_aliases_share() {
        let text = "x".repeat(1000);
        let tree = many_aliases_of_one_text(&text, 100);
        let list = tree.root().get("list").unwrap();
        for part in [tree.subtree(list), tree.with_type("v1", "A")] {
            assert!(part.text.len() < 2 * text.len(), "{} bytes", part.text.len());
        }
        assert!(tree.subtree(list).root().strings().all(|it| it == text));
        assert_eq!(tree.subtree(list).root().items().count(), 100);
    }

    #[test]
    fn a_part_of_a_tree_shares_text_that_stands_outside_of_it() {
        let mut builder = TreeBuilder::default();
        let at = Position::default();
        builder.begin_map(at);
        builder.key("outside", at);
        let anchor = builder.next();
        builder.scalar(Scalar::Str("text"), at);
        builder.key("inside", at);
        builder.begin_map(at);
        for key in ["a", "b", "c"] {
            builder.key(key, at);
            builder.copy(anchor, at);
        }
        let tree = builder.finish();
        let part = tree.subtree(tree.root().get("inside").unwrap());
        let entries = part.root().entries().map(|it| (it.key(), it.text()));
        assert_eq!(entries.collect::<Vec<_>>(), [("a", "text"), ("b", "text"), ("c", "text")]);
        assert_eq!(part.text.matches("text").count(), 1);
    }

    #[test]
    fn what_is_left_open_is_closed() {
        let mut builder = TreeBuilder::default();
        builder.begin_map(Position::default());
        builder.key("a", Position::default());
        builder.begin_seq(Position::default());
        let tree = builder.finish();
        assert_eq!(
            tree.root().get("a").map(|it| (it.kind(), it.items().count())),
            Some((Type::Seq, 0))
        );
        assert!(builder.finish().is_empty());
    }
}
