//! All objects of one input, and the workloads among them.

use std::collections::BTreeMap;

use crate::kinds::{Kind, Kinds};
use crate::object::Object;
use crate::tree::Node;
use crate::workload::{Template, Workload, templates};

/// All objects of one input, in the order of the input.
#[derive(Debug, Default)]
pub struct Inventory {
    objects: Vec<Object>,
    workloads: Vec<Found>,
    by_kind: BTreeMap<(Box<str>, Box<str>), Vec<usize>>,
}

#[derive(Clone, Copy, Debug)]
struct Found {
    object: usize,
    template: Template,
    copies: usize,
}

impl Inventory {
    /// Takes the objects and folds what controllers made into what made it: the pods of a
    /// `ReplicaSet` of a Deployment are one workload, the Deployment.
    pub fn new(objects: Vec<Object>) -> Self {
        let mut by_kind: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (index, object) in objects.iter().enumerate() {
            by_kind.entry((object.group().into(), object.kind().into())).or_default().push(index);
        }
        let workloads = fold(&objects, &by_kind);
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

type ByKind = BTreeMap<(Box<str>, Box<str>), Vec<usize>>;

/// Keeps a workload unless a workload above it is in the input. Pods that name the same absent
/// `ReplicaSet`, `StatefulSet`, `DaemonSet` or Job came from one template: the first is kept.
fn fold(objects: &[Object], by_kind: &ByKind) -> Vec<Found> {
    let names = Names::new(objects, by_kind);
    let all: Vec<Vec<Template>> = objects.iter().map(templates).collect();
    let mut copies: BTreeMap<usize, usize> = BTreeMap::new();
    let mut siblings: BTreeMap<(&str, Controller<'_>), usize> = BTreeMap::new();
    let mut found: Vec<Found> = Vec::new();
    for (index, object) in objects.iter().enumerate().filter(|(index, _)| !all[*index].is_empty()) {
        let top = names.top(objects, index, |owner| !all[owner].is_empty());
        let first = controller(object)
            .filter(|owner| top == index && owner.made_these_pods(object))
            .map_or(top, |owner| *siblings.entry((object.namespace(), owner)).or_insert(index));
        if first != index {
            *copies.entry(first).or_default() += 1;
            continue;
        }
        found.extend(all[index].iter().map(|&template| Found {
            object: index,
            template,
            copies: 0,
        }));
    }
    for workload in &mut found {
        workload.copies = copies.get(&workload.object).copied().unwrap_or_default();
    }
    found
}

/// The controller that an object names: group, kind and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Controller<'a> {
    group: &'a str,
    kind: &'a str,
    name: &'a str,
}

impl Controller<'_> {
    fn made_these_pods(self, object: &Object) -> bool {
        let one_template =
            ["ReplicaSet", "StatefulSet", "DaemonSet", "Job", "ReplicationController"];
        object.kind() == "Pod" && one_template.contains(&self.kind)
    }
}

fn controller(object: &Object) -> Option<Controller<'_>> {
    let references = object.get("metadata.ownerReferences")?;
    let controls = |it: &Node<'_>| it.get("controller").and_then(Node::as_bool) == Some(true);
    let owner = references.items().find(controls)?;
    Some(Controller {
        group: crate::kinds::group_of(owner.get("apiVersion")?.as_text()?),
        kind: owner.get("kind")?.as_text()?,
        name: owner.get("name")?.as_text()?,
    })
}

/// Finds objects by who they are.
struct Names<'a>(BTreeMap<(&'a str, Controller<'a>), usize>);

impl<'a> Names<'a> {
    fn new(objects: &'a [Object], by_kind: &ByKind) -> Self {
        let owned = objects.iter().any(|object| controller(object).is_some());
        if !owned {
            return Self(BTreeMap::new());
        }
        let indices = by_kind.values().flatten();
        let entry = |&index: &usize| {
            let object = &objects[index];
            let (group, kind, name) = (object.group(), object.kind(), object.name());
            ((object.namespace(), Controller { group, kind, name }), index)
        };
        Self(indices.map(entry).collect())
    }

    /// Follows controllers upward and gives the highest one that counts. A circle ends the walk.
    fn top(&self, objects: &[Object], start: usize, counts: impl Fn(usize) -> bool) -> usize {
        let mut top = start;
        let mut current = start;
        for _ in 0..8 {
            let Some(owner) = controller(&objects[current]) else { break };
            let Some(&next) = self.0.get(&(objects[current].namespace(), owner)) else { break };
            if next == start {
                return start;
            }
            current = next;
            if counts(current) {
                top = current;
            }
        }
        top
    }
}
