//! A volume that is deleted with its claim goes with one wrong command.

use std::collections::BTreeMap;

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, kinds};

use crate::check::{Audience, Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "deleted-with-claim",
    title: "Data of a StatefulSet is deleted with its claim",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Storage,
    scope: Scope::Cluster,
    sees: &[kinds::STATEFUL_SET],
    audience: Audience::Platform,
    effort: Hours(2),
    fix: Fix::Manual("Use a class with `reclaimPolicy: Retain` for data that must stay"),
    cel: Cel::Refused("who uses the class stands in other objects"),
    run,
    ..Check::on(Kinds::of(&[kinds::STORAGE_CLASS]), include_str!("deleted_with_claim.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let users = users(cx);
    for class in cx.inventory().of(kinds::STORAGE_CLASS) {
        let policy = class.get("reclaimPolicy").and_then(Node::as_text).unwrap_or("Delete");
        let Some(user) = users.get(class.name()).filter(|_| policy == "Delete") else { continue };
        let message = format!(
            "StatefulSet {}/{} keeps data in it, and a deleted claim takes its volume along",
            user.namespace(),
            user.name()
        );
        out.push(CHECK.at(&class.place("reclaimPolicy"), message));
    }
}

/// The first `StatefulSet` that asks for each class by its name.
fn users<'a>(cx: &Cx<'a>) -> BTreeMap<&'a str, &'a Object> {
    let mut users = BTreeMap::new();
    for set in cx.inventory().of(kinds::STATEFUL_SET) {
        let claims = set.get("spec.volumeClaimTemplates").into_iter().flat_map(Node::items);
        let classes = claims.filter_map(|it| it.at("spec.storageClassName")?.as_text());
        classes.for_each(|class| {
            users.entry(class).or_insert(set);
        });
    }
    users
}
