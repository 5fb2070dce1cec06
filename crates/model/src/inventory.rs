//! All objects of one input, and the workloads among them.

use std::collections::BTreeMap;

use crate::fold::{self, Found};
use crate::kinds::{Kind, Kinds};
use crate::object::Object;
use crate::workload::Workload;

/// All objects of one input, in the order of the input.
#[derive(Debug, Default)]
pub struct Inventory {
    objects: Vec<Object>,
    workloads: Vec<Found>,
    by_kind: BTreeMap<(Box<str>, Box<str>), Vec<usize>>,
}

impl Inventory {
    /// Takes the objects and folds what controllers made into what made it: the pods of a
    /// `ReplicaSet` of a Deployment are one workload, the Deployment.
    pub fn new(objects: Vec<Object>) -> Self {
        let mut by_kind: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (index, object) in objects.iter().enumerate() {
            by_kind.entry((object.group().into(), object.kind().into())).or_default().push(index);
        }
        let workloads = fold::workloads(&objects);
        Self { objects, workloads, by_kind }
    }

    /// All objects.
    pub fn objects(&self) -> impl Iterator<Item = &Object> {
        self.objects.iter()
    }

    /// How many objects there are.
    pub fn len(&self) -> usize {
        self.objects.len()
    }

    /// Whether there is no object.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// The objects of a kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Object> {
        self.named(kind.group, kind.kind)
    }

    /// The objects of some kinds.
    pub fn of_any(&self, kinds: Kinds) -> impl Iterator<Item = &Object> {
        kinds.built_in().iter().flat_map(|kind| self.of(*kind))
    }

    /// The objects of a kind by group and name of the kind, for kinds that are not built in.
    pub fn named<'a>(&'a self, group: &str, kind: &str) -> impl Iterator<Item = &'a Object> {
        let indices = self.by_kind.get(&(group.into(), kind.into()));
        indices.into_iter().flatten().filter_map(|&index| self.objects.get(index))
    }

    /// The workloads: whatever runs pods and was made by nothing else in the input.
    pub fn workloads(&self) -> impl Iterator<Item = Workload<'_>> {
        self.workloads.iter().filter_map(|found| {
            Workload::new(self.objects.get(found.object)?, found.template, found.copies)
        })
    }
}
