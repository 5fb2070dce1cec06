//! A snapshot that goes with its object is no backup.

use finding::{Fix, Severity};
use model::Kinds;
use model::kinds::{Kind, cluster};
use model::tree::Node;

use crate::check::{Audience, Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "snapshot-deleted-with-object",
    title: "Snapshots are deleted with their objects",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Recovery,
    scope: Scope::Object,
    audience: Audience::Platform,
    effort: Hours(1),
    fix: Fix::Review("Set `deletionPolicy: Retain`"),
    edit: Edit::Set("\"Retain\""),
    cel: Cel::Exact("!has(object.deletionPolicy) || object.deletionPolicy != 'Delete'"),
    run,
    ..Check::on(Kinds::of(&[SNAPSHOT_CLASS]), include_str!("snapshot_deleted_with_object.md"))
};

/// `VolumeSnapshotClass` of `snapshot.storage.k8s.io`.
const SNAPSHOT_CLASS: Kind =
    cluster("snapshot.storage.k8s.io", "VolumeSnapshotClass", "volumesnapshotclasses");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for class in cx.inventory().of(SNAPSHOT_CLASS) {
        if class.get("deletionPolicy").and_then(Node::as_str) == Some("Delete") {
            let message = "a snapshot of this class is lost with the object that stands for it";
            out.push(CHECK.at(&class.place("deletionPolicy"), message));
        }
    }
}
