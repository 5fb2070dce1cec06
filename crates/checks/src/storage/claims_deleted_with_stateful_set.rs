//! A `StatefulSet` that takes its data along when it goes.

use finding::{Fix, Severity};
use model::{Kinds, Place, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings, Version};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "claims-deleted-with-stateful-set",
    title: "Data is deleted with its StatefulSet",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Storage,
    scope: Scope::Object,
    effort: Hours(1),
    fix: Fix::Review("Retain the claims: `whenDeleted: Retain`, `whenScaled: Retain`"),
    edit: Edit::Set("\"Retain\""),
    cel: Cel::Exact(
        "!has(object.spec.persistentVolumeClaimRetentionPolicy) \
         || ['whenDeleted', 'whenScaled'].all(f, \
         !(f in object.spec.persistentVolumeClaimRetentionPolicy) \
         || object.spec.persistentVolumeClaimRetentionPolicy[f] != 'Delete')",
    ),
    run,
    ..Check::on(
        Kinds::of(&[kinds::STATEFUL_SET]),
        include_str!("claims_deleted_with_stateful_set.md"),
    )
};

/// The field is read since this version.
const SINCE: Version = Version { minor: 27 };

const MOMENTS: [(&str, &str); 2] =
    [("whenDeleted", "when it is deleted"), ("whenScaled", "when it is scaled down")];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if cx.kubernetes() < SINCE {
        return;
    }
    for set in cx.inventory().of(kinds::STATEFUL_SET) {
        let Some(policy) = set.get("spec.persistentVolumeClaimRetentionPolicy") else { continue };
        for (field, when) in MOMENTS {
            let Some(node) = policy.get(field).filter(|it| it.as_str() == Some("Delete")) else {
                continue;
            };
            let message = format!("{when}, its claims are deleted, and with them the data");
            out.push(CHECK.at(&Place::of(set, node), message));
        }
    }
}
