//! One document as a flat tree of values, each with its line and column.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

/// A place in a text: line and column, both counted from 1, the column in Unicode characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// The type of a value as the API server reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Type {
    /// `null`, `~` or nothing.
    Null,
    /// A boolean, YAML 1.1 spellings included.
    Bool,
    /// An integer, in canonical decimal.
    Int,
    /// A number with a fraction or an exponent.
    Float,
    /// A string.
    Str,
    /// A list.
    Seq,
    /// A mapping; keys are unique, the last one given won.
    Map,
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Type::Null => "null",
            Type::Bool => "boolean",
            Type::Int => "integer",
            Type::Float => "number",
            Type::Str => "string",
            Type::Seq => "list",
            Type::Map => "mapping",
        })
    }
}

/// A key that stood more than once in one mapping. The API server refuses it or takes the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The key.
    pub key: Box<str>,
    /// The path of the mapping that holds it, as [`Node::path`] writes it.
    pub within: Box<str>,
    /// Where it stood first.
    pub first: Position,
    /// Where it stood again.
    pub again: Position,
    /// The index of the mapping in its tree.
    pub(crate) map: usize,
}

impl Duplicate {
    /// The path of the key itself.
    pub fn path(&self) -> String {
        let mut path = String::from(&*self.within);
        push_key(&mut path, &self.key);
        path
    }
}

/// A run of bytes in the text of a tree.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Run {
    pub(crate) start: u32,
    pub(crate) len: u32,
}

/// One value. A container is followed by its children; `size` counts itself and all below.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub(crate) key: Run,
    pub(crate) value: Run,
    pub(crate) at: Position,
    pub(crate) size: u32,
    pub(crate) kind: Type,
    pub(crate) merge: bool,
    /// Whether it is a mapping with merge keys or repeated keys; only until the tree is finished.
    pub(crate) unsettled: bool,
}

/// One document: values in the order of the text, with their positions.
#[derive(Clone, Debug)]
pub struct Tree {
    pub(crate) slots: Box<[Slot]>,
    pub(crate) text: Box<str>,
    pub(crate) duplicates: Box<[Duplicate]>,
    pub(crate) broad: OnceLock<BTreeMap<usize, Broad>>,
}

/// The children of a container that holds many values, so that the path to each of them does not
/// cost a walk over all of them.
#[derive(Clone, Debug)]
pub(crate) struct Broad {
    /// The index of each child, in order.
    children: Box<[usize]>,
    /// Whether an item of a list has a name that is its own.
    named: Box<[bool]>,
}

/// A container is walked anew for each path while it holds no more children and keys of items.
const NARROW: usize = 64;

impl Tree {
    /// The outermost value.
    pub fn root(&self) -> Node<'_> {
        Node { tree: self, index: 0 }
    }

    /// Keys that stood more than once in one mapping.
    pub fn duplicates(&self) -> &[Duplicate] {
        &self.duplicates
    }

    /// How many values the document holds.
    pub fn len(&self) -> usize {
        self.slots.len()
    }

    /// Whether the document holds no value at all.
    pub fn is_empty(&self) -> bool {
        self.slots.is_empty()
    }

    /// About how many bytes of memory it takes.
    pub fn bytes(&self) -> usize {
        size_of_val(&*self.slots) + self.text.len()
    }

    fn broad(&self, container: usize) -> Option<&Broad> {
        if self.len() <= NARROW {
            return None;
        }
        let nodes = || (0..self.len()).filter_map(|index| Node::new(self, index));
        let broad = || nodes().filter(|node| node.is_broad()).map(|it| (it.index, Broad::of(it)));
        self.broad.get_or_init(|| broad().collect()).get(&container)
    }

    fn run(&self, run: Run) -> &str {
        let start = run.start as usize;
        self.text.get(start..start + run.len as usize).unwrap_or_default()
    }
}

impl Broad {
    fn of(container: Node<'_>) -> Self {
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for name in container.items().filter_map(Node::item_name) {
            *times.entry(name).or_default() += 1;
        }
        let named = |item: Node<'_>| item.item_name().is_some_and(|it| times.get(it) == Some(&1));
        Self {
            children: container.children().map(Node::index).collect(),
            named: container.items().map(named).collect(),
        }
    }
}

/// One value of a tree. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    tree: &'a Tree,
    index: usize,
}

impl<'a> Node<'a> {
    /// The value at an index that [`Node::index`] gave for the same tree.
    pub fn new(tree: &'a Tree, index: usize) -> Option<Self> {
        (index < tree.slots.len()).then_some(Self { tree, index })
    }

    /// Its index in its tree.
    pub fn index(self) -> usize {
        self.index
    }

    /// The type it was read as.
    pub fn kind(self) -> Type {
        self.slot().kind
    }

    /// Where it stands: its key if it has one, else itself.
    pub fn position(self) -> Position {
        self.slot().at
    }

    /// Its key in the mapping around it, empty for a list item and for the root.
    pub fn key(self) -> &'a str {
        self.tree.run(self.slot().key)
    }

    /// The entry of a mapping, or nothing if this is no mapping or holds no such key.
    pub fn get(self, key: &str) -> Option<Self> {
        self.entries().find(|entry| entry.key() == key)
    }

    /// The value behind keys joined by dots, such as `metadata.name`. No list is entered.
    pub fn at(self, path: &str) -> Option<Self> {
        path.split('.').try_fold(self, Self::get)
    }

    /// The entries of a mapping; none for any other type.
    pub fn entries(self) -> Children<'a> {
        self.children_if(Type::Map)
    }

    /// The items of a list; none for any other type.
    pub fn items(self) -> Children<'a> {
        self.children_if(Type::Seq)
    }

    /// The items or entries, whichever it has.
    pub fn children(self) -> Children<'a> {
        self.children_if(self.kind())
    }

    /// A string.
    pub fn as_str(self) -> Option<&'a str> {
        (self.kind() == Type::Str).then(|| self.text())
    }

    /// A string that is not empty.
    pub fn as_text(self) -> Option<&'a str> {
        self.as_str().filter(|text| !text.is_empty())
    }

    /// A boolean.
    pub fn as_bool(self) -> Option<bool> {
        (self.kind() == Type::Bool).then(|| self.text() == "true")
    }

    /// An integer that fits.
    pub fn as_i64(self) -> Option<i64> {
        (self.kind() == Type::Int).then(|| self.text().parse().ok()).flatten()
    }

    /// The text of a scalar in canonical form; empty for null, lists and mappings.
    pub fn text(self) -> &'a str {
        self.tree.run(self.slot().value)
    }

    /// The strings of a list of strings; items of another type are left out.
    pub fn strings(self) -> impl Iterator<Item = &'a str> {
        self.items().filter_map(Node::as_str)
    }

    /// The way from the root: keys joined by dots, list items by their name or number, such as
    /// `spec.containers[api].ports[0]`. Empty for the root.
    pub fn path(self) -> String {
        let mut path = String::new();
        let mut node = Node { tree: self.tree, index: 0 };
        while node.index != self.index {
            let Some((place, child)) = node.child_around(self.index) else { break };
            node.push_step(&mut path, place, child);
            node = child;
        }
        path
    }

    /// The child that is or holds the value at an index, and its place among its siblings.
    fn child_around(self, index: usize) -> Option<(usize, Self)> {
        if let Some(broad) = self.tree.broad(self.index) {
            let place = broad.children.partition_point(|&child| child <= index).checked_sub(1)?;
            return Some((place, Self { index: *broad.children.get(place)?, ..self }));
        }
        let holds = |child: &Self| index < child.index + child.slot().size as usize;
        self.children().enumerate().find(|(_, child)| holds(child))
    }

    fn push_step(self, path: &mut String, place: usize, child: Self) {
        if self.kind() == Type::Map {
            push_key(path, child.key());
            return;
        }
        match child.item_name().filter(|name| self.names_one_item(name, place)) {
            Some(name) => path.extend(["[", name, "]"]),
            None => path.extend(["[", &place.to_string(), "]"]),
        }
    }

    fn item_name(self) -> Option<&'a str> {
        let name = self.get("name").and_then(Node::as_text)?;
        let looks_like_a_number = name.bytes().all(|byte| byte.is_ascii_digit());
        (!looks_like_a_number).then_some(name)
    }

    fn names_one_item(self, name: &str, place: usize) -> bool {
        if let Some(broad) = self.tree.broad(self.index) {
            return broad.named.get(place) == Some(&true);
        }
        self.items().filter(|item| item.item_name() == Some(name)).count() == 1
    }

    fn is_broad(self) -> bool {
        let keys = self.items().map(|item| 1 + item.entries().take(NARROW).count());
        self.entries().take(NARROW + 1).count() + keys.take(NARROW + 1).sum::<usize>() > NARROW
    }

    fn slot(self) -> &'a Slot {
        &self.tree.slots[self.index]
    }

    fn children_if(self, kind: Type) -> Children<'a> {
        let slot = self.slot();
        let inner = if slot.kind == kind { slot.size as usize } else { 1 };
        Children { tree: self.tree, next: self.index + 1, end: self.index + inner }
    }
}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Type::Map => f.debug_map().entries(self.entries().map(|e| (e.key(), e))).finish(),
            Type::Seq => f.debug_list().entries(self.items()).finish(),
            Type::Str => write!(f, "{:?}", self.text()),
            Type::Null => f.write_str("null"),
            _ => f.write_str(self.text()),
        }
    }
}

/// The children of one value, in the order of the text.
#[derive(Clone)]
pub struct Children<'a> {
    tree: &'a Tree,
    next: usize,
    end: usize,
}

impl<'a> Iterator for Children<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        if self.next >= self.end {
            return None;
        }
        let node = Node { tree: self.tree, index: self.next };
        self.next += node.slot().size as usize;
        Some(node)
    }
}

/// Appends one key to a path, in brackets and quotes where a dot in it would mislead.
pub(crate) fn push_key(path: &mut String, key: &str) {
    let plain = !key.is_empty() && !key.contains(['.', '[', ']', '"', '/', ' ']);
    if !plain {
        path.extend(["[", &format!("{key:?}"), "]"]);
        return;
    }
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(key);
}
