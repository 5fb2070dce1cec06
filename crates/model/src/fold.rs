//! Folds what controllers made into what made it: the pods of a `ReplicaSet` of a `Deployment` are
//! one workload, the `Deployment`.
//!
//! A reference to an owner is only a claim. A copy is folded if it looks like the template above it,
//! or like a copy of the same controller before it; one that asks for more, because something was
//! injected or somebody lies, stands for itself. A `ReplicaSet` that a controller scaled to nothing
//! is history: no pod comes of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::object::Object;
use crate::template::Template;
use crate::tree::{Node, Type, push_key};
use crate::workload::templates;

/// A workload: the object, the template in it, and how many copies were folded into it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) object: usize,
    pub(crate) template: Template,
    pub(crate) copies: usize,
}

/// The workloads among the objects, in their order.
pub(crate) fn workloads(objects: &[Object]) -> Vec<Found> {
    let owners = Owners::new(objects);
    let all: Vec<Vec<Template>> = objects.iter().map(templates).collect();
    let mut copies: BTreeMap<usize, usize> = BTreeMap::new();
    let mut looks_above: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let mut siblings: BTreeMap<(&str, Controller<'_>, String), usize> = BTreeMap::new();
    let mut found: Vec<Found> = Vec::new();
    let runs_pods =
        |(index, object): &(usize, &Object)| !all[*index].is_empty() && !is_history(object);
    for (index, object) in objects.iter().enumerate().filter(runs_pods) {
        let top = owners.top(objects, index, |owner| !all[owner].is_empty());
        let looks_of = |index: usize| all[index].iter().map(move |it| look(&objects[index], *it));
        let mut first = index;
        if let Some(controller) = owners.controllers[index] {
            let looks: Vec<String> = looks_of(index).collect();
            let mut is_above = |look| {
                let above = looks_above.entry(top).or_insert_with(|| looks_of(top).collect());
                above.contains(look)
            };
            first = match looks.as_slice() {
                [look] if top != index && is_above(look) => top,
                looks => {
                    let key = (object.namespace(), controller, looks.concat());
                    *siblings.entry(key).or_insert(index)
                }
            };
        }
        if first != index {
            *copies.entry(first).or_default() += 1 + object.copies();
            continue;
        }
        let template = |&template: &Template| Found { object: index, template, copies: 0 };
        found.extend(all[index].iter().map(template));
    }
    for workload in &mut found {
        let own = objects.get(workload.object).map_or(0, Object::copies);
        workload.copies = own + copies.get(&workload.object).copied().unwrap_or_default();
    }
    found
}

/// Whether it is a `ReplicaSet` that a controller scaled to nothing: history.
pub fn is_history(object: &Object) -> bool {
    let replicas = || object.get("spec.replicas").and_then(Node::as_i64);
    object.kind() == "ReplicaSet" && replicas() == Some(0) && controller(object).is_some()
}

/// Whether controllers add a label to what they make, so that it says nothing of what was asked for.
pub fn is_added_label(key: &str) -> bool {
    ADDED_LABELS.contains(&key) || key.starts_with("batch.kubernetes.io/")
}

/// Whether a field of a pod spec belongs to the look of a pod: pods of one controller that are equal
/// in these and in their labels are copies.
pub fn is_of_look(field: &str) -> bool {
    POD_FIELDS.contains(&field) || POD_LISTS.contains(&field) || field == "volumes"
}

/// What somebody asks for with a pod template, without what the API server and controllers add.
fn look(object: &Object, template: Template) -> String {
    let mut look = String::new();
    let (holder, spec) = template.nodes(object.tree());
    for label in sorted(holder.and_then(|it| it.at("metadata.labels"))) {
        if !is_added_label(label.key()) {
            write(label, &mut look);
        }
    }
    let Some(spec) = spec else { return look };
    for field in POD_FIELDS {
        spec.get(field).into_iter().for_each(|node| write(node, &mut look));
    }
    let volumes = spec.get("volumes").into_iter().flat_map(Node::items);
    for volume in volumes.filter(|volume| !is_added_volume(object, *volume)) {
        write(volume, &mut look);
    }
    for list in POD_LISTS {
        for container in spec.get(list).into_iter().flat_map(Node::items) {
            look.push_str(list);
            for field in CONTAINER_FIELDS {
                container.get(field).into_iter().for_each(|node| write(node, &mut look));
            }
        }
    }
    look
}

/// Whether a volume holds the token of the account, or the claim that a `StatefulSet` made for this
/// very pod.
fn is_added_volume(object: &Object, volume: Node<'_>) -> bool {
    let name = volume.get("name").and_then(Node::as_str).unwrap_or_default();
    let claim = volume.at("persistentVolumeClaim.claimName").and_then(Node::as_str);
    let own = || [name, "-", object.name()].concat();
    name.starts_with("kube-api-access-") || claim.is_some_and(|claim| claim == own())
}

const ADDED_LABELS: [&str; 7] = [
    "pod-template-hash",
    "controller-revision-hash",
    "pod-template-generation",
    "controller-uid",
    "job-name",
    "statefulset.kubernetes.io/pod-name",
    "apps.kubernetes.io/pod-index",
];

const POD_FIELDS: [&str; 7] = [
    "hostNetwork",
    "hostPID",
    "hostIPC",
    "hostUsers",
    "shareProcessNamespace",
    "automountServiceAccountToken",
    "securityContext",
];

const POD_LISTS: [&str; 3] = ["initContainers", "containers", "ephemeralContainers"];

const CONTAINER_FIELDS: [&str; 8] =
    ["name", "image", "command", "args", "env", "envFrom", "ports", "securityContext"];

/// Writes a value with the keys of its mappings sorted; what is null or empty is left out, since the
/// API server leaves it out or adds it.
fn write(node: Node<'_>, look: &mut String) {
    let empty = node.children().next().is_none() && matches!(node.kind(), Type::Map | Type::Seq);
    if empty || node.kind() == Type::Null {
        return;
    }
    push_key(look, node.key());
    look.push(':');
    match node.kind() {
        Type::Map => sorted(Some(node)).into_iter().for_each(|it| write(it, look)),
        Type::Seq => node.items().for_each(|it| write(it, look)),
        _ => {
            look.push_str(node.text());
            look.push('\n');
        }
    }
}

fn sorted(map: Option<Node<'_>>) -> Vec<Node<'_>> {
    let mut entries: Vec<Node<'_>> = map.into_iter().flat_map(Node::entries).collect();
    if !entries.is_sorted_by_key(|entry| entry.key()) {
        entries.sort_by_key(|entry| entry.key());
    }
    entries
}

/// The controller that an object names: group, kind and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Controller<'a> {
    group: &'a str,
    kind: &'a str,
    name: &'a str,
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

/// The controllers that objects name, and the objects by who they are.
struct Owners<'a> {
    controllers: Vec<Option<Controller<'a>>>,
    by_name: BTreeMap<(&'a str, Controller<'a>), usize>,
}

impl<'a> Owners<'a> {
    fn new(objects: &'a [Object]) -> Self {
        let controllers: Vec<_> = objects.iter().map(controller).collect();
        let mut by_name = BTreeMap::new();
        if controllers.iter().any(Option::is_some) {
            by_name.extend(objects.iter().enumerate().map(|(index, object)| {
                let (group, kind, name) = (object.group(), object.kind(), object.name());
                ((object.namespace(), Controller { group, kind, name }), index)
            }));
        }
        Self { controllers, by_name }
    }

    /// Follows controllers upward and gives the highest one that counts. A circle ends the walk.
    fn top(&self, objects: &[Object], start: usize, counts: impl Fn(usize) -> bool) -> usize {
        let mut top = start;
        let mut current = start;
        for _ in 0..8 {
            let Some(owner) = self.controllers[current] else { break };
            let Some(&next) = self.by_name.get(&(objects[current].namespace(), owner)) else {
                break;
            };
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
