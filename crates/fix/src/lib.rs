//! Changes of objects, applied to the text they stand in. Nothing else of it changes by a byte, and
//! no comment is lost.
//!
//! ```text
//! text ─▶ Layout ┐
//! Order ─▶ Patch ┴▶ edits of bytes ─▶ new text ─▶ read again: what was wanted, and nothing else
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`value`] | what a document means, to hold the new text against |
//! | [`patch`] | the changes of one document, as a tree |
//! | `edit` | from a patch to the bytes that go and come |
//! | `block`, `flow` | entries and items on lines of their own, and in braces and brackets |
//! | `sheet` | the text, and the bytes that go and come |
//! | `render` | values as they are written |
//! | `refusal` | why a change is not made |
//! | [`comment`] | the comments of a text |
//! | [`diff`] | what changed, as a unified diff or as edits |

mod block;
pub mod comment;
pub mod diff;
mod edit;
mod flow;
pub mod patch;
mod refusal;
mod render;
mod sheet;
pub mod value;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use collect::manifests;
use collect::yaml::layout::{Form, Site};
use collect::yaml::{Document, Layout, Limits, Reader};
use finding::{Change, To};
use model::kinds;
use model::path::{Step, steps};
use model::{ObjectId, Tree};

pub use refusal::Refusal;

use edit::Editor;
use patch::Patch;
use value::Value;

/// Changes that belong together.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// The object whose fields change; nothing where the document itself is meant, whatever it is.
    pub object: Option<&'a ObjectId>,
    /// A line and a column of the text, from 1, where it or one of its fields stands.
    pub at: (u32, u32),
    /// What changes.
    pub changes: Vec<Change>,
}

/// What became of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The new text.
    pub text: String,
    /// The orders that were not carried out, by their place in the list, and why.
    pub refused: Vec<(usize, Refusal)>,
}

/// Applies orders to a text. Those of one document are tried together, and fewer at a time where they
/// do not go together; the result of each is read again and held against what it should say.
pub fn apply(text: &str, orders: &[Order<'_>]) -> Applied {
    let mut applied = Applied::default();
    let mut documents: Vec<(Layout, Vec<usize>)> =
        manifests::layouts(text).into_iter().map(|layout| (layout, Vec::new())).collect();
    for (index, order) in orders.iter().enumerate() {
        let holds = |(layout, _): &&mut (Layout, Vec<usize>)| layout.lines.contains(&order.at.0);
        match documents.iter_mut().rfind(holds) {
            Some((_, own)) => own.push(index),
            None => applied.refused.push((index, Refusal::NotFound)),
        }
    }
    let mut done = 0;
    for (layout, own) in documents.iter().filter(|(_, own)| !own.is_empty()) {
        applied.text.push_str(text.get(done..layout.range.start).unwrap_or_default());
        let document = text.get(layout.range.clone()).unwrap_or_default();
        applied.text.push_str(&apply_to(document, layout, orders, own, &mut applied.refused));
        done = layout.range.end;
    }
    applied.text.push_str(text.get(done..).unwrap_or_default());
    applied.refused.sort_unstable_by_key(|(index, _)| *index);
    applied
}

/// The new text of one document.
fn apply_to(
    document: &str,
    layout: &Layout,
    orders: &[Order<'_>],
    own: &[usize],
    refused: &mut Vec<(usize, Refusal)>,
) -> String {
    let mut changes: Vec<(usize, Vec<Change>)> = Vec::new();
    for index in own {
        match orders.get(*index).and_then(|order| from_root(layout.root(), order)) {
            Some(own) => changes.push((*index, own)),
            None => refused.push((*index, Refusal::NotFound)),
        }
    }
    let mut settled = Settled { document, changes: Vec::new(), text: document.to_owned() };
    settled.add(&changes, refused);
    settled.text
}

/// What of the changes of a document is carried out.
struct Settled<'c> {
    document: &'c str,
    changes: Vec<&'c Change>,
    text: String,
}

impl<'c> Settled<'c> {
    /// Adds the changes of some orders: all of them, or else those of each half that go with what
    /// was added before.
    fn add(&mut self, orders: &'c [(usize, Vec<Change>)], refused: &mut Vec<(usize, Refusal)>) {
        let new = orders.iter().flat_map(|(_, own)| own);
        let all: Vec<&Change> = self.changes.iter().copied().chain(new).collect();
        match (attempt(self.document, &all), orders) {
            (Ok(text), _) => (self.changes, self.text) = (all, text),
            (Err(refusal), [(index, _)]) => refused.push((*index, refusal)),
            (Err(_), _) => {
                let (first, second) = orders.split_at(orders.len() / 2);
                self.add(first, refused);
                self.add(second, refused);
            }
        }
    }
}

/// The text of a document after some changes, proven.
fn attempt(document: &str, changes: &[&Change]) -> Result<String, Refusal> {
    let layout = Layout::of(document, 0, 1).ok_or(Refusal::NotFound)?;
    let before = Value::of(read(document).ok_or(Refusal::NotFound)?.root());
    let mut wanted = before.clone();
    let mut patch = Patch::default();
    for change in in_order(changes) {
        wanted.change(change)?;
        patch.add(change)?;
    }
    patch.clear(&before);
    let after = Editor::new(document, &layout).edit(&patch)?;
    let says = read(&after).map(|tree| Value::of(tree.root()));
    let is_proven = says == Some(wanted) && comment::are_kept(document, &after);
    if is_proven { Ok(after) } else { Err(Refusal::Unproven) }
}

/// Changes in an order in which each finds its field where its path says: each once, and what goes
/// at the end, the last items of a list before the first.
fn in_order<'c>(changes: &[&'c Change]) -> Vec<&'c Change> {
    let mut seen = BTreeSet::new();
    let different = changes.iter().copied().filter(|it| seen.insert(*it));
    let (mut gone, mut order): (Vec<_>, Vec<_>) =
        different.partition(|it| matches!(it.to, To::Nothing | To::Cleared));
    gone.sort_by_cached_key(|it| Reverse(numbers(&it.path)));
    order.extend(gone);
    order
}

/// The steps of a path, items by their number.
fn numbers(path: &str) -> Vec<(Option<usize>, String)> {
    let number = |step: Step<'_>| match step {
        Step::Key(key) => (None, key.into_owned()),
        Step::Item(item) => (item.parse().ok(), item.to_owned()),
    };
    steps(path).into_iter().flatten().map(number).collect()
}

/// The changes of an order as seen from the root of its document.
fn from_root(root: Site<'_>, order: &Order<'_>) -> Option<Vec<Change>> {
    let way = order.object.map_or(Some(String::new()), |object| way_to(root, object, order.at))?;
    let there = |it: &Change| {
        let path = join(&way, &it.path);
        let to = if it.to == To::Quoted { quoted(root, &path)? } else { it.to.clone() };
        Some(Change { path, to })
    };
    order.changes.iter().map(there).collect()
}

/// A plain scalar as the string that its letters are.
fn quoted(root: Site<'_>, path: &str) -> Option<To> {
    let site = steps(path)?.iter().try_fold(root, |site, step| match step {
        Step::Key(key) => site.get(key),
        Step::Item(item) => flow::item(site, item),
    })?;
    let is_plain = site.form() == Form::Plain;
    is_plain.then(|| To::Value(render::quoted(site.text(), '"')))
}

/// The way from the root of a document to the object that an order is about: nothing but the root,
/// as a rule, or an item of a list of objects.
fn way_to(root: Site<'_>, object: &ObjectId, at: (u32, u32)) -> Option<String> {
    let (mut site, mut way) = (root, String::new());
    while let Some(items) = site.get("items").filter(|it| matches!(it.form(), Form::Seq { .. })) {
        if !site.get("kind").is_some_and(|kind| kind.text().ends_with("List")) {
            break;
        }
        let starts = |it: &Site<'_>| (it.line(), it.column() + 1);
        let at = (at.0, at.1 as usize);
        let before = items.children().enumerate().take_while(|(_, it)| starts(it) <= at);
        let (index, item) = before.last()?;
        site = item;
        way = join(&way, &format!("items[{index}]"));
    }
    let kind = site.get("kind").map(Site::text);
    let is_file = kinds::is_file(object.group(), &object.kind);
    let is_it = kind == Some(&*object.kind) || is_file && kind.is_none();
    is_it.then_some(way)
}

fn join(way: &str, path: &str) -> String {
    match (way.is_empty(), path.is_empty() || path.starts_with('[')) {
        (true, _) => path.to_owned(),
        (false, true) => format!("{way}{path}"),
        (false, false) => format!("{way}.{path}"),
    }
}

/// The only document of a text.
fn read(text: &str) -> Option<Tree> {
    let (mut documents, mut limits) = (Vec::new(), Limits::for_text(text.len()));
    Reader::default().read(text, 1, &mut limits, &mut documents).ok()?;
    match (documents.pop(), documents.is_empty()) {
        (Some(Document::Tree(tree)), true) => Some(tree),
        _ => None,
    }
}
