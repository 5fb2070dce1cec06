//! Something that was deleted long ago and is still there.

use finding::{Fix, Severity};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use model::tree::Node;
use model::{Kinds, kinds};

use crate::check::{Audience, Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "stuck-deletion",
    title: "Object was deleted and does not go away",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Architecture,
    scope: Scope::Object,
    audience: Audience::Platform,
    effort: Hours(2),
    fix: Fix::Manual("Find out whose finalizer it waits for, and let that controller finish"),
    cel: Cel::Refused("it asks what day it is, and nothing is admitted while an object waits"),
    run,
    ..Check::on(JUDGED, include_str!("stuck_deletion.md"))
};

const JUDGED: Kinds =
    Kinds::of(&[kinds::NAMESPACE, kinds::PERSISTENT_VOLUME, kinds::PERSISTENT_VOLUME_CLAIM]);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let Ok(yesterday) = cx.today().checked_sub(1.day()) else { return };
    for object in cx.inventory().of_any(JUDGED) {
        let Some(since) = object.get("metadata.deletionTimestamp").and_then(Node::as_str) else {
            continue;
        };
        let Ok(time) = since.parse::<Timestamp>() else { continue };
        let day = time.to_zoned(TimeZone::UTC).date();
        if day < yesterday {
            let (kind, name) = (object.kind(), object.name());
            let finalizers = object.get("metadata.finalizers").into_iter().flat_map(Node::strings);
            let finalizers: Vec<&str> = finalizers.collect();
            let waits = match finalizers.as_slice() {
                [] => String::new(),
                names => format!(", waiting for {}", names.join(", ")),
            };
            let message = format!("the {kind} {name} has been on its way out since {day}{waits}");
            out.push(CHECK.at(&object.place("metadata.deletionTimestamp"), message));
        }
    }
}
