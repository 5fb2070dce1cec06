//! Which objects stand beside each other, so that what is missing beside one is missing.

use std::collections::{BTreeMap, BTreeSet};

use model::{Inventory, Object, Origin, kinds};

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
            let origin = object.origin();
            let (Some(file), Some(folder)) = (origin.file(), origin.folder()) else { continue };
            let own = *first.entry((folder, object.id().identity())).or_insert(file);
            if own != file && (object.id().group(), object.kind()) != namespace {
                alternatives.insert(folder);
            }
        }
        Self { alternatives }
    }

    /// Whether two objects may be parts of one cluster: not from two files of a folder of
    /// alternatives.
    pub(crate) fn may_meet(&self, one: &Object, other: &Object) -> bool {
        let (one, other) = (one.origin(), other.origin());
        one.file() == other.file() || one.folder() != other.folder() || !self.is_alternative(one)
    }

    /// Whether two objects come from the same folder, or the same file of a folder of alternatives,
    /// or the same cluster.
    pub(crate) fn are(&self, one: &Object, other: &Object) -> bool {
        self.place(one) == self.place(other)
    }

    /// What objects that stand beside each other share.
    pub(crate) fn place<'b>(&self, object: &'b Object) -> impl Ord + use<'b> {
        let origin = object.origin();
        let near = if self.is_alternative(origin) { origin.file() } else { origin.folder() };
        (near, origin.live().map(|live| live.context.clone()))
    }

    fn is_alternative(&self, origin: &Origin) -> bool {
        origin.folder().is_some_and(|folder| self.alternatives.contains(folder))
    }
}
