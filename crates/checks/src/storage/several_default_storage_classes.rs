//! Of several default classes the youngest is taken, whichever that is.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place, kinds};

use crate::check::{Audience, Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "several-default-storage-classes",
    title: "Several storage classes are the default",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Storage,
    scope: Scope::Cluster,
    audience: Audience::Platform,
    effort: Hours(1),
    fix: Fix::Review("Leave the annotation on one class alone"),
    cel: Cel::Refused("the other class is another object"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::STORAGE_CLASS]),
        include_str!("several_default_storage_classes.md"),
    )
};

const ANNOTATIONS: [&str; 2] = [
    "storageclass.kubernetes.io/is-default-class",
    "storageclass.beta.kubernetes.io/is-default-class",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let classes = || cx.inventory().of(kinds::STORAGE_CLASS);
    for class in classes() {
        let Some(node) = mark(class) else { continue };
        let mut others = classes().filter(|it| it.name() != class.name() && is_beside(it, class));
        if let Some(other) = others.find(|it| mark(it).is_some()) {
            let message = format!("StorageClass {} is the default as well", other.name());
            out.push(CHECK.at(&Place::of(class, node), message));
        }
    }
}

/// The annotation that makes a class the default.
fn mark(class: &Object) -> Option<Node<'_>> {
    let annotations = ANNOTATIONS.into_iter().filter_map(|it| class.annotation(it));
    annotations.into_iter().find(|it| it.text() == "true")
}

/// Manifests of several files may be meant for several clusters.
fn is_beside(class: &Object, other: &Object) -> bool {
    class.origin().file() == other.origin().file()
}
