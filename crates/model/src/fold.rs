//! Folds what controllers made into what made it: the pods of a `ReplicaSet` of a `Deployment` are
//! one workload, the `Deployment`.
//!
//! A reference to an owner is only a claim. A copy is folded if it looks like the template above it,
//! or like a copy of the same controller before it; one that asks for more, because something was
//! injected or somebody lies, stands for itself. A `ReplicaSet` that a controller scaled to nothing
//! is history: no pod comes of it.

use std::collections::BTreeMap;

use crate::object::Object;
use crate::template::Template;
use crate::tree::{Node, Type};
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
    let mut looks_above: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut siblings: BTreeMap<(&str, Controller<'_>, String), usize> = BTreeMap::new();
    let mut look = String::new();
    let mut found: Vec<Found> = Vec::new();
    let runs_pods =
        |(index, object): &(usize, &Object)| !all[*index].is_empty() && !is_history(object);
    for (index, object) in objects.iter().enumerate().filter(runs_pods) {
        let top = owners.top(objects, index, |owner| !all[owner].is_empty());
        let mut first = index;
        if let Some(controller) = owners.controllers[index] {
            look.clear();
            all[index].iter().for_each(|it| write_look(object, *it, &mut look));
            let mut is_above = |look: &String| {
                let above =
                    looks_above.entry(top).or_insert_with(|| looks(&objects[top], &all[top]));
                above.contains(look)
            };
            first = if top != index && all[index].len() == 1 && is_above(&look) {
                top
            } else {
                *siblings.entry((object.namespace(), controller, look.clone())).or_insert(index)
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

/// The look of each template of an object.
fn looks(object: &Object, templates: &[Template]) -> Vec<String> {
    let look = |template: &Template| {
        let mut look = String::new();
        write_look(object, *template, &mut look);
        look
    };
    templates.iter().map(look).collect()
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
    pod_field(field).is_some()
}

/// Writes what somebody asks for with a pod template, without what the API server and controllers
/// add.
fn write_look(object: &Object, template: Template, look: &mut String) {
    let (holder, spec) = template.nodes(object.tree());
    let labels = holder.and_then(|it| it.at("metadata.labels"));
    for label in labels.into_iter().flat_map(sorted) {
        if !is_added_label(label.key()) {
            write(label, look);
        }
    }
    let Some(spec) = spec else { return };
    let [flags @ .., volumes, first, account, own, others, debugging] =
        fields::<POD_FIELDS>(spec, pod_field);
    flags.into_iter().flatten().for_each(|node| write(node, look));
    let account = account.or(first).and_then(Node::as_text).unwrap_or("default");
    push(account, look);
    for volume in volumes.into_iter().flat_map(Node::items) {
        if !is_added_volume(object, volume) {
            write(volume, look);
        }
    }
    for list in [own, others, debugging].into_iter().flatten() {
        for container in list.items() {
            push(list.key(), look);
            let [fields @ .., mounts] = fields::<CONTAINER_FIELDS>(container, container_field);
            fields.into_iter().flatten().for_each(|node| write(node, look));
            let mounts = mounts.into_iter().flat_map(Node::items);
            mounts.filter(|mount| !is_of_token(*mount)).for_each(|mount| write(mount, look));
        }
    }
}

/// The entries of a mapping that have a place, each at its place.
fn fields<const N: usize>(
    map: Node<'_>,
    place: fn(&str) -> Option<usize>,
) -> [Option<Node<'_>>; N] {
    let mut fields = [None; N];
    for entry in map.entries() {
        if let Some(field) = place(entry.key()).and_then(|place| fields.get_mut(place)) {
            *field = Some(entry);
        }
    }
    fields
}

const POD_FIELDS: usize = 15;

/// The place of a field of a pod spec in the look of a pod.
fn pod_field(key: &str) -> Option<usize> {
    Some(match key {
        "hostNetwork" => 0,
        "hostPID" => 1,
        "hostIPC" => 2,
        "hostUsers" => 3,
        "shareProcessNamespace" => 4,
        "automountServiceAccountToken" => 5,
        "securityContext" => 6,
        "hostAliases" => 7,
        "runtimeClassName" => 8,
        "volumes" => 9,
        "serviceAccount" => 10,
        "serviceAccountName" => 11,
        "initContainers" => 12,
        "containers" => 13,
        "ephemeralContainers" => 14,
        _ => return None,
    })
}

const CONTAINER_FIELDS: usize = 13;

/// The place of a field of a container in the look of a pod.
fn container_field(key: &str) -> Option<usize> {
    Some(match key {
        "name" => 0,
        "image" => 1,
        "command" => 2,
        "args" => 3,
        "env" => 4,
        "envFrom" => 5,
        "ports" => 6,
        "securityContext" => 7,
        "livenessProbe" => 8,
        "readinessProbe" => 9,
        "startupProbe" => 10,
        "lifecycle" => 11,
        "volumeMounts" => 12,
        _ => return None,
    })
}

/// Whether a volume holds the token of the account, or the claim that a `StatefulSet` made for this
/// very pod.
fn is_added_volume(object: &Object, volume: Node<'_>) -> bool {
    let name = volume.get("name").and_then(Node::as_str).unwrap_or_default();
    let claim = volume.at("persistentVolumeClaim.claimName").and_then(Node::as_str);
    let own = || [name, "-", object.name()].concat();
    is_of_token(volume) || claim.is_some_and(|claim| claim == own())
}

/// Whether a volume, or the mount of one, was added for the token of the account.
fn is_of_token(volume: Node<'_>) -> bool {
    let name = volume.get("name").and_then(Node::as_str);
    name.is_some_and(|name| name.starts_with("kube-api-access-"))
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

/// Writes a value with the keys of its mappings sorted; what is null or empty is left out, since the
/// API server leaves it out or adds it.
fn write(node: Node<'_>, look: &mut String) {
    let empty = node.children().next().is_none() && matches!(node.kind(), Type::Map | Type::Seq);
    if empty || node.kind() == Type::Null {
        return;
    }
    push(node.key(), look);
    match node.kind() {
        Type::Map => sorted(node).for_each(|it| write(it, look)),
        Type::Seq => node.items().for_each(|it| write(it, look)),
        _ => push(node.text(), look),
    }
}

/// Writes a text so that it cannot pass for two.
fn push(text: &str, look: &mut String) {
    if text.contains('\0') {
        look.push_str(&text.replace('\0', "\0\0\0"));
    } else {
        look.push_str(text);
    }
    look.push('\0');
}

/// The entries of a mapping in the order of their keys, which is how the API server writes them.
fn sorted(map: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let ordered = map.entries().is_sorted_by_key(Node::key);
    let resorted = (!ordered).then(|| {
        let mut entries: Vec<Node<'_>> = map.entries().collect();
        entries.sort_by_key(|entry| entry.key());
        entries
    });
    let as_they_are = ordered.then(|| map.entries());
    as_they_are.into_iter().flatten().chain(resorted.into_iter().flatten())
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
