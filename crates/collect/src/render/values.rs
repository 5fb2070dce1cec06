//! The values of a chart: files laid over each other, the last that says something wins.

use std::sync::Arc;

use model::path::entry;
use model::tree::{Node, Type};
use model::{Shows, Spot};

use super::file::File;

/// Values files, those that win first.
#[derive(Debug, Default)]
pub(super) struct Values {
    layers: Vec<Layer>,
}

/// A values file, and the keys in it under which a chart's values stand.
#[derive(Debug)]
struct Layer {
    file: Arc<File>,
    below: Vec<String>,
}

impl Values {
    /// One more file, which gives way to those before; the chart's values stand in it below some
    /// keys.
    pub(super) fn add(&mut self, file: Arc<File>, below: &[String]) {
        self.layers.push(Layer { file, below: below.to_vec() });
    }

    /// The value behind keys in the last file that has it, and that file.
    pub(super) fn find(&self, keys: &[String]) -> Option<(&File, Node<'_>)> {
        self.layers.iter().find_map(|layer| Some((&*layer.file, layer.find(keys)?)))
    }

    /// Where the value behind keys was written, if it is the very one that was rendered.
    pub(super) fn spot(&self, keys: &[String], rendered: Node<'_>) -> Option<Spot> {
        let (file, node) = self.find(keys)?;
        is_same(node, rendered).then(|| spot(file, node))
    }

    /// Where the value behind keys would be written: where it is, or else in the chart's own file.
    pub(super) fn seat(&self, keys: &[String]) -> Option<Spot> {
        if let Some((file, node)) = self.find(keys) {
            return Some(spot(file, node));
        }
        let own = self.layers.last()?;
        let (mut node, mut rest) = (own.file.root()?, own.keys(keys));
        while let Some(next) = rest.first().and_then(|key| node.get(key)) {
            (node, rest) = (next, rest.split_off(1));
        }
        let path = rest.iter().fold(node.path(), |path, key| entry(&path, key));
        Some(Spot { path: Some(path.into()), ..spot(&own.file, node) })
    }
}

impl Layer {
    /// The keys of a value in this file.
    fn keys(&self, keys: &[String]) -> Vec<String> {
        // What is global is so in all charts.
        let is_global = keys.first().is_some_and(|key| key == "global");
        let below: &[String] = if is_global { &[] } else { &self.below };
        [below, keys].concat()
    }

    fn find(&self, keys: &[String]) -> Option<Node<'_>> {
        self.keys(keys).iter().try_fold(self.file.root()?, |node, key| node.get(key))
    }
}

/// Whether a value may be what was rendered: a container of the same kind, or a scalar that reads the
/// same.
pub(super) fn is_same(written: Node<'_>, rendered: Node<'_>) -> bool {
    let is_container = |node: Node<'_>| matches!(node.kind(), Type::Map | Type::Seq);
    match (is_container(written), is_container(rendered)) {
        (true, true) => written.kind() == rendered.kind(),
        (false, false) => written.text() == rendered.text(),
        _ => false,
    }
}

/// The place of a value in a file.
pub(super) fn spot(file: &File, node: Node<'_>) -> Spot {
    let path = Some(node.path().into());
    Spot { file: Arc::clone(&file.name), at: node.position(), shows: Shows::Value, path }
}

/// The item of a list that is the one at a place of a rendered list: of the same name if items have
/// names, else at the same place if both are of the same length, else of the same text.
pub(super) fn item<'a>(
    written: Node<'a>,
    list: Node<'_>,
    place: usize,
    rendered: Node<'_>,
) -> Option<Node<'a>> {
    let name = |node: Node<'_>| node.get("name").and_then(Node::as_text).map(str::to_owned);
    if let Some(wanted) = name(rendered) {
        let mut alike = written.items().filter(|it| name(*it).as_deref() == Some(&wanted));
        return alike.next().filter(|_| alike.next().is_none());
    }
    if written.items().count() == list.items().count() {
        return written.items().nth(place);
    }
    let is_scalar = !matches!(rendered.kind(), Type::Map | Type::Seq);
    let mut alike = written.items().filter(|it| is_scalar && is_same(*it, rendered));
    alike.next().filter(|_| alike.next().is_none())
}
