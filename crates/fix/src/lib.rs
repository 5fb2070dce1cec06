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
//! | [`diff`] | what changed, as a unified diff |

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

use collect::manifests;
use collect::yaml::layout::{Form, Site};
use collect::yaml::{Document, Layout, Limits, Reader};
use finding::Change;
use model::kinds;
use model::{ObjectId, Tree};

pub use refusal::Refusal;

use edit::Editor;
use patch::Patch;
use value::Value;

/// Changes of one object that belong together.
#[derive(Clone, Debug)]
pub struct Order<'a> {
    /// The object.
    pub object: &'a ObjectId,
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

/// Applies orders to a text. Those of one document are tried together, and one by one where they do
/// not go together; the result of each is read again and held against what it should say.
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
    let all = changes.iter().flat_map(|(_, own)| own);
    if let Ok(all) = attempt(document, all) {
        return all;
    }
    let mut text = document.to_owned();
    for (index, own) in changes {
        match attempt(&text, own.iter()) {
            Ok(next) => text = next,
            Err(refusal) => refused.push((index, refusal)),
        }
    }
    text
}

/// The text of a document after some changes, proven.
fn attempt<'c>(
    document: &str,
    changes: impl Iterator<Item = &'c Change>,
) -> Result<String, Refusal> {
    let layout = Layout::of(document, 0, 1).ok_or(Refusal::NotFound)?;
    let mut wanted = Value::of(read(document).ok_or(Refusal::NotFound)?.root());
    let mut patch = Patch::default();
    for change in changes {
        wanted.change(change)?;
        patch.add(change)?;
    }
    let after = Editor::new(document, &layout).edit(&patch)?;
    let says = read(&after).map(|tree| Value::of(tree.root()));
    let is_proven = says == Some(wanted) && comment::are_kept(document, &after);
    if is_proven { Ok(after) } else { Err(Refusal::Unproven) }
}

/// The changes of an order as seen from the root of its document.
fn from_root(root: Site<'_>, order: &Order<'_>) -> Option<Vec<Change>> {
    let way = way_to(root, order)?;
    let there = |it: &Change| Change { path: join(&way, &it.path), to: it.to.clone() };
    Some(order.changes.iter().map(there).collect())
}

/// The way from the root of a document to the object that an order is about: nothing but the root,
/// as a rule, or an item of a list of objects.
fn way_to(root: Site<'_>, order: &Order<'_>) -> Option<String> {
    let (mut site, mut way) = (root, String::new());
    while let Some(items) = site.get("items").filter(|it| matches!(it.form(), Form::Seq { .. })) {
        if !site.get("kind").is_some_and(|kind| kind.text().ends_with("List")) {
            break;
        }
        let starts = |it: &Site<'_>| (it.line(), it.column() + 1);
        let at = (order.at.0, order.at.1 as usize);
        let before = items.children().enumerate().take_while(|(_, it)| starts(it) <= at);
        let (index, item) = before.last()?;
        site = item;
        way = join(&way, &format!("items[{index}]"));
    }
    let kind = site.get("kind").map(Site::text);
    let is_file = kinds::is_file(order.object.group(), &order.object.kind);
    let is_it = kind == Some(&*order.object.kind) || is_file && kind.is_none();
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
