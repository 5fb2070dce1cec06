//! Where the values of a rendered object were written: in its template, or in the values that the
//! template prints.
//!
//! A line is named only if it is the one line of the template that has the key in that place and whose
//! text fits what was rendered; a values file only if the template prints just that value there, and
//! the file says the very same. Whatever is less certain is told at the line around it.

use std::collections::BTreeSet;
use std::sync::Arc;

use model::tree::{Node, Position, Type};
use model::{Shows, Spot};

use super::expression::{actions, may_print, value};
use super::file::File;
use super::outline::{Entry, Outline, What};
use super::places::{Places, beginning};
use super::values::{Values, is_same, item, spot};

/// A template of a chart.
#[derive(Debug)]
pub(super) struct Template {
    file: Arc<str>,
    outline: Outline,
    values: Arc<Values>,
}

/// Where the children of a value are to be looked for.
enum From<'a> {
    /// Below an entry of the template; nothing for the whole document.
    Template(Option<usize>),
    /// Behind keys of the values.
    Values(Vec<String>),
    /// In a values file.
    Written(&'a File, Node<'a>),
    Nowhere,
}

type Found<'a> = Option<(Spot, From<'a>)>;

impl Template {
    /// A template and the values of its chart.
    pub(super) fn new(file: &str, text: &str, values: Arc<Values>) -> Self {
        Self { file: file.into(), outline: Outline::of(text), values }
    }

    /// Where each value of an object that it rendered to was written.
    pub(super) fn places(&self, root: Node<'_>, values: usize) -> Places {
        let mut places = Places::new(&self.file, values);
        if let Some(document) = self.document(root) {
            let trace = Trace { template: self, document };
            let first = document.first().map(|entry| trace.at(entry, Shows::Field));
            let found = first.map(|spot| (spot, From::Template(None)));
            trace.place(root, found, &beginning(&self.file), &mut places);
        }
        places
    }

    /// The only document that an object can have come from.
    fn document(&self, root: Node<'_>) -> Option<&[Entry]> {
        let kind = root.get("kind")?.text();
        let name = root.at("metadata.name").map_or("", Node::text);
        let of_kind = self.outline.documents.iter().filter(|it| prints(it, None, "kind", kind));
        let of_kind: Vec<_> = of_kind.collect();
        let [only] = of_kind.as_slice() else {
            let mut named = of_kind.into_iter().filter(|document| is_named(document, name));
            return named.next().filter(|_| named.next().is_none()).map(Vec::as_slice);
        };
        Some(only)
    }
}

fn is_named(document: &[Entry], name: &str) -> bool {
    let metadata = keys(document, None, "metadata").map(|(place, _)| place);
    metadata.into_iter().any(|place| prints(document, Some(place), "name", name))
}

fn prints(document: &[Entry], parent: Option<usize>, key: &str, printed: &str) -> bool {
    keys(document, parent, key).any(|(_, entry)| may_print(&entry.text, printed))
}

fn below(document: &[Entry], parent: Option<usize>) -> impl Iterator<Item = (usize, &Entry)> {
    document.iter().enumerate().filter(move |(_, entry)| entry.parent == parent)
}

fn keys<'a>(
    document: &'a [Entry],
    parent: Option<usize>,
    key: &str,
) -> impl Iterator<Item = (usize, &'a Entry)> {
    below(document, parent)
        .filter(move |(_, entry)| matches!(&entry.what, What::Key(own) if own == key))
}

fn is_container(node: Node<'_>) -> bool {
    matches!(node.kind(), Type::Map | Type::Seq)
}

/// The way from a document to the places of an object's values.
struct Trace<'a> {
    template: &'a Template,
    document: &'a [Entry],
}

impl<'a> Trace<'a> {
    /// Places a value and all below it; what is not found is told at the place around it.
    fn place(&self, node: Node<'_>, found: Found<'a>, around: &Spot, places: &mut Places) {
        let nowhere = || (around.around(), From::Nowhere);
        let (spot, from) = found.unwrap_or_else(nowhere);
        for (place, child) in node.children().enumerate() {
            let found = match node.kind() {
                Type::Map => self.field(child, &from),
                _ => self.item(node, place, child, &from),
            };
            self.place(child, found, &spot, places);
        }
        if let From::Template(parent) = from {
            self.doors(node, parent, places);
        }
        places.set(node, spot);
    }

    /// Where fields would be written that a mapping of the template does not have: what the template
    /// would print there if the values said so.
    fn doors(&self, node: Node<'_>, parent: Option<usize>, places: &mut Places) {
        if node.kind() != Type::Map {
            return;
        }
        let missing = |(_, entry): (usize, &'a Entry)| match &entry.what {
            What::Key(key) if node.get(key).is_none() => Some(key.as_str()),
            _ => None,
        };
        let absent: BTreeSet<&str> = below(self.document, parent).filter_map(missing).collect();
        for key in absent {
            let printed = keys(self.document, parent, key).flat_map(|(at, _)| self.printing(at));
            if let Some(seat) = self.only_seat(printed) {
                places.open(node, Some(key), seat);
            }
        }
        let printed = parent.into_iter().flat_map(|parent| self.printing(parent));
        if let Some(seat) = self.only_seat(printed) {
            places.open(node, None, seat);
        }
    }

    /// Where the value behind some keys would be written, if they are the only ones.
    fn only_seat(&self, mut printed: impl Iterator<Item = Vec<String>>) -> Option<Spot> {
        let keys = printed.next().filter(|_| printed.next().is_none())?;
        self.template.values.seat(&keys)
    }

    fn field(&self, node: Node<'_>, from: &From<'a>) -> Found<'a> {
        match from {
            From::Template(parent) => {
                let mut fitting = keys(self.document, *parent, node.key());
                let mut fitting =
                    fitting.by_ref().filter(|(at, it)| self.fits(*at, it, node)).peekable();
                let has_key = keys(self.document, *parent, node.key()).next().is_some();
                match (fitting.next(), fitting.next()) {
                    (Some((place, entry)), None) => Some(self.entry(place, entry, node)),
                    (None, _) if !has_key => self.printed_field(*parent, node),
                    _ => None,
                }
            }
            From::Values(keys) => {
                let keys = [keys.as_slice(), &[node.key().to_owned()]].concat();
                let spot = self.template.values.spot(&keys, node)?;
                Some((spot, From::Values(keys)))
            }
            From::Written(file, written) => {
                let own = written.get(node.key()).filter(|own| is_same(*own, node))?;
                Some((spot(file, own), From::Written(file, own)))
            }
            From::Nowhere => None,
        }
    }

    fn item(&self, list: Node<'_>, place: usize, node: Node<'_>, from: &From<'a>) -> Found<'a> {
        let (file, written) = match from {
            From::Template(Some(parent)) => return self.template_item(list, place, node, *parent),
            From::Values(keys) => self.template.values.find(keys)?,
            From::Written(file, written) => (*file, *written),
            From::Template(None) | From::Nowhere => return None,
        };
        let own = item(written, list, place, node).filter(|own| is_same(*own, node))?;
        Some((spot(file, own), From::Written(file, own)))
    }

    fn template_item(
        &self,
        list: Node<'_>,
        place: usize,
        node: Node<'_>,
        parent: usize,
    ) -> Found<'a> {
        let items: Vec<_> =
            below(self.document, Some(parent)).filter(|it| it.1.what == What::Item).collect();
        if items.is_empty() {
            let mut actions = self.printing(parent);
            let (keys, None) = (actions.next()?, actions.next()) else { return None };
            let (file, written) = self.template.values.find(&keys)?;
            let own = item(written, list, place, node).filter(|own| is_same(*own, node))?;
            return Some((spot(file, own), From::Written(file, own)));
        }
        let (at, entry) = self.chosen(&items, list, place, node, parent)?;
        self.fits(at, entry, node).then(|| self.entry(at, entry, node))
    }

    /// The item of the template that a rendered one came from: the only one there is, the one at the
    /// same place where none can be missing or repeated, or the only one of that name or text.
    fn chosen(
        &self,
        items: &[(usize, &'a Entry)],
        list: Node<'_>,
        place: usize,
        node: Node<'_>,
        parent: usize,
    ) -> Option<(usize, &'a Entry)> {
        let loops = self.document.get(parent)?.loops;
        let is_all = self.actions_below(parent).next().is_none();
        if is_all && items.len() == 1 {
            return items.first().copied();
        }
        let once = items.iter().all(|(_, entry)| entry.loops == loops);
        if is_all && once && items.len() == list.items().count() {
            return items.get(place).copied();
        }
        // Who is called so in the template is meant before one whose name is still to be printed.
        let named = |is_literal: bool| {
            let says = move |it: &Entry, text: &str| {
                it.text.contains("{{") != is_literal && may_print(&it.text, text)
            };
            let is_meant = move |(at, item): &&(usize, &Entry)| match node.get("name") {
                Some(name) => {
                    keys(self.document, Some(*at), "name").any(|it| says(it.1, name.text()))
                }
                None => !is_container(node) && says(item, node.text()),
            };
            items.iter().filter(is_meant).copied().collect::<Vec<_>>()
        };
        match (named(true).as_slice(), is_all) {
            ([only], _) => Some(*only),
            ([], true) => named(false).first().copied().filter(|_| named(false).len() == 1),
            _ => None,
        }
    }

    /// Whether an entry may have printed a value.
    fn fits(&self, place: usize, entry: &Entry, node: Node<'_>) -> bool {
        let text = entry.text.as_str();
        if entry.what == What::Item && is_container(node) {
            return true;
        }
        if is_container(node) {
            return text.is_empty() || text.starts_with(['{', '[', '&', '!']);
        }
        text.starts_with(['|', '>'])
            || may_print(text, node.text())
            || text.is_empty() && self.actions_below(place).next().is_some()
    }

    /// A value that an entry printed: at the entry, or in the values if it prints one of them.
    fn entry(&self, place: usize, entry: &'a Entry, node: Node<'_>) -> (Spot, From<'a>) {
        if is_container(node) {
            return (self.at(entry, Shows::Field), From::Template(Some(place)));
        }
        if !entry.text.contains("{{") {
            return (self.at(entry, Shows::Value), From::Nowhere);
        }
        let found = values_of(entry).and_then(|keys| self.template.values.spot(&keys, node));
        (found.unwrap_or_else(|| self.at(entry, Shows::Field)), From::Nowhere)
    }

    /// A field that stands in no line of the template, but in the values that it prints there.
    fn printed_field(&self, parent: Option<usize>, node: Node<'_>) -> Found<'a> {
        let key = node.key().to_owned();
        let all = self.printing(parent?).map(|keys| [keys, vec![key.clone()]].concat());
        let mut found =
            all.filter_map(|keys| Some((self.template.values.spot(&keys, node)?, keys)));
        let (spot, keys) = found.next()?;
        found.next().is_none().then_some((spot, From::Values(keys)))
    }

    /// The keys of the values that are printed below an entry, or behind its key.
    fn printing(&self, parent: usize) -> impl Iterator<Item = Vec<String>> {
        let own = self.document.get(parent).filter(|it| it.text.starts_with("{{"));
        own.into_iter()
            .filter_map(values_of)
            .chain(self.actions_below(parent).filter_map(|it| value(&it.text, &it.dot)))
    }

    fn actions_below(&self, parent: usize) -> impl Iterator<Item = &'a Entry> {
        let below = below(self.document, Some(parent)).map(|(_, entry)| entry);
        below.filter(|entry| entry.what == What::Action)
    }

    fn at(&self, entry: &Entry, shows: Shows) -> Spot {
        let column = u32::try_from(entry.column).unwrap_or(1);
        Spot {
            file: Arc::clone(&self.template.file),
            at: Position { line: entry.line, column },
            shows,
            path: None,
        }
    }
}

/// The keys of the value that is printed behind a key, if nothing else is.
fn values_of(entry: &Entry) -> Option<Vec<String>> {
    let text = entry.text.trim_matches(['"', '\'']);
    let is_alone = text.starts_with("{{") && text.ends_with("}}");
    let mut all = actions(text);
    let action = all.next().filter(|_| is_alone && all.next().is_none())?;
    value(action, &entry.dot)
}
