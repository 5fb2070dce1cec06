//! Which objects stand beside each other, so that what is missing beside one is missing.

use std::collections::{BTreeMap, BTreeSet};

use model::{Inventory, Object, kinds};

/// Folders of an inventory whose files are alternatives, each a world of its own.
#[derive(Debug)]
pub(crate) struct Neighbours<'a> {
    alternatives: BTreeSet<&'a str>,
}

impl<'a> Neighbours<'a> {
    /// A folder two files of which hold the same object holds alternatives, as the results of a test
    /// do; but many files begin with the Namespace that they need.
    pub(crate) fn of(inventory: &'a Inventory) -> Self {
        let mut first: BTreeMap<_, &str> = BTreeMap::new();
        let mut alternatives = BTreeSet::new();
        let namespace = (kinds::NAMESPACE.group, kinds::NAMESPACE.kind);
        for object in inventory.objects() {
            let Some(file) = object.origin().file() else { continue };
            let own = *first.entry((folder(file), object.id().identity())).or_insert(file);
            if own != file && (object.id().group(), object.kind()) != namespace {
                alternatives.insert(folder(file));
            }
        }
        Self { alternatives }
    }

    /// Whether two objects may be parts of one cluster: not from two files of a folder of
    /// alternatives.
    pub(crate) fn may_meet(&self, one: &Object, other: &Object) -> bool {
        let (Some(file), Some(others)) = (one.origin().file(), other.origin().file()) else {
            return true;
        };
        let is_alternative = self.alternatives.contains(folder(file));
        file == others || folder(file) != folder(others) || !is_alternative
    }

    /// Whether two objects come from the same folder, or the same file of a folder of alternatives,
    /// or the same cluster.
    pub(crate) fn are(&self, one: &Object, other: &Object) -> bool {
        let context = |object: &Object| object.origin().live().map(|live| live.context.clone());
        let (file, others) = (one.origin().file(), other.origin().file());
        let is_alternative = file.is_some_and(|file| self.alternatives.contains(folder(file)));
        let is_near =
            if is_alternative { file == others } else { file.map(folder) == others.map(folder) };
        is_near && context(one) == context(other)
    }
}

fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}
