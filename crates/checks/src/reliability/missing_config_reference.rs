//! A container that asks for a key which is not there does not start.

use std::collections::{BTreeMap, BTreeSet};

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, Workload, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "missing-config-reference",
    title: "Pod asks for a key that is not there",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Applications,
    scope: Scope::Namespace,
    sees: &[kinds::CONFIG_MAP, kinds::SECRET],
    peers: &[Peer::KubeLinter("env-value-from")],
    effort: Hours(1),
    fix: Fix::Review("Add the key, correct its name, or mark the reference as optional"),
    cel: Cel::Refused("the keys stand in another object"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("missing_config_reference.md"))
};

/// The keys of objects by kind, namespace and name. Objects of one name, of several files, are one.
type Keys<'a> = BTreeMap<[&'a str; 3], BTreeSet<&'a str>>;

/// A reference to one key.
struct Reference<'a> {
    kind: &'static str,
    name: &'a str,
    key: Node<'a>,
}

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let keys = keys(cx);
    for workload in cx.workloads() {
        for Reference { kind, name, key } in references(workload) {
            let there = keys.get(&[kind, workload.namespace(), name]);
            // What holds nothing yet is filled by somebody else.
            let is_missing = there.is_some_and(|it| !it.is_empty() && !it.contains(key.text()));
            if is_missing {
                let message = format!("{kind} {name} has no key {:?}", key.text());
                out.push(CHECK.at(&Place::of(workload.object(), key), message));
            }
        }
    }
}

fn keys<'a>(cx: &Cx<'a>) -> Keys<'a> {
    let mut keys = Keys::new();
    for kind in [kinds::CONFIG_MAP, kinds::SECRET] {
        for object in cx.inventory().of(kind) {
            let lists = ["data", "stringData", "binaryData"].into_iter();
            let entries = lists.filter_map(|it| object.get(it)).flat_map(Node::entries);
            let own = keys.entry([kind.kind, object.namespace(), object.name()]).or_default();
            own.extend(entries.map(Node::key));
        }
    }
    keys
}

fn references(workload: Workload<'_>) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    for variable in workload.containers().flat_map(|it| it.env().collect::<Vec<_>>()) {
        let Some(source) = variable.get("valueFrom") else { continue };
        let selectors = [("ConfigMap", "configMapKeyRef"), ("Secret", "secretKeyRef")];
        for (kind, selector) in selectors {
            found.extend(source.get(selector).and_then(|it| of_key(kind, it)));
        }
    }
    for volume in workload.spec().get("volumes").into_iter().flat_map(Node::items) {
        let projected = volume.at("projected.sources").into_iter().flat_map(Node::items);
        for source in projected.chain([volume]) {
            let (map, secret) = (source.get("configMap"), source.get("secret"));
            found.extend(map.into_iter().flat_map(|it| of_items("ConfigMap", it)));
            found.extend(secret.into_iter().flat_map(|it| of_items("Secret", it)));
        }
    }
    found
}

fn of_key<'a>(kind: &'static str, selector: Node<'a>) -> Option<Reference<'a>> {
    let name = selector.get("name")?.as_text()?;
    let key = selector.get("key").filter(|it| it.as_text().is_some())?;
    (!is_optional(selector)).then_some(Reference { kind, name, key })
}

fn of_items<'a>(kind: &'static str, source: Node<'a>) -> impl Iterator<Item = Reference<'a>> {
    let named = |field| source.get(field).and_then(Node::as_text);
    let name = named("name").or_else(|| named("secretName")).filter(|_| !is_optional(source));
    let items = source.get("items").into_iter().flat_map(Node::items);
    let keys = items.filter_map(|it| it.get("key")).filter(|it| it.as_text().is_some());
    keys.filter_map(move |key| Some(Reference { kind, name: name?, key }))
}

fn is_optional(reference: Node<'_>) -> bool {
    reference.get("optional").and_then(Node::as_bool) == Some(true)
}
