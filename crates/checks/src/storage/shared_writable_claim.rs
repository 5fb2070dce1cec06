//! A volume that several pods write carries what one of them puts there to all.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "shared-writable-claim",
    title: "Pods of several nodes write one volume",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Storage,
    scope: Scope::Object,
    peers: &[Peer::Kubesec("VolumeClaimAccessModeReadWriteOnce")],
    effort: Hours(4),
    fix: Fix::Manual("Let one workload write with ReadWriteOnce or ReadWriteOncePod"),
    cel: Cel::Exact(
        "!has(object.spec.accessModes) \
         || !object.spec.accessModes.exists(m, m == 'ReadWriteMany')",
    ),
    run,
    ..Check::on(
        Kinds::of(&[kinds::PERSISTENT_VOLUME_CLAIM]),
        include_str!("shared_writable_claim.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for claim in cx.inventory().of(kinds::PERSISTENT_VOLUME_CLAIM) {
        let mut modes = claim.get("spec.accessModes").into_iter().flat_map(Node::items);
        if let Some(mode) = modes.find(|it| it.as_str() == Some("ReadWriteMany")) {
            let message = "pods of any node may write it at the same time";
            out.push(CHECK.at(&Place::of(claim, mode), message));
        }
    }
}
