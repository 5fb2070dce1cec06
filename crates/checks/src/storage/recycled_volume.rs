//! A volume that is emptied and handed on may still hold what was on it.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, kinds};

use crate::check::{Audience, Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "recycled-volume",
    title: "Volume is handed on to whoever claims next",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Storage,
    scope: Scope::Object,
    audience: Audience::Platform,
    effort: Hours(1),
    fix: Fix::Review("Set `persistentVolumeReclaimPolicy: Retain`"),
    edit: Edit::Set("\"Retain\""),
    cel: Cel::Exact(
        "!has(object.spec.persistentVolumeReclaimPolicy) \
         || object.spec.persistentVolumeReclaimPolicy != 'Recycle'",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::PERSISTENT_VOLUME]), include_str!("recycled_volume.md"))
};

const POLICY: &str = "spec.persistentVolumeReclaimPolicy";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for volume in cx.inventory().of(kinds::PERSISTENT_VOLUME) {
        if volume.get(POLICY).and_then(Node::as_str) == Some("Recycle") {
            let message = "its files are removed, not overwritten, before the next claim gets it";
            out.push(CHECK.at(&volume.place(POLICY), message));
        }
    }
}
