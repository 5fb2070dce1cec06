//! The API server refuses a claim that does not say how much it claims.

use finding::{Fix, Severity};
use model::{Kinds, Type, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "claim-without-size",
    title: "Claim does not say how much it claims",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Storage,
    scope: Scope::Object,
    peers: &[Peer::Kubesec("VolumeClaimRequestsStorage")],
    effort: Hours(1),
    fix: Fix::Review("Set `resources.requests.storage`"),
    cel: Cel::Exact(
        "has(object.spec.resources) && has(object.spec.resources.requests) \
         && has(object.spec.resources.requests.storage) \
         && object.spec.resources.requests.storage != null",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::PERSISTENT_VOLUME_CLAIM]), include_str!("claim_without_size.md"))
};

const SIZE: &str = "spec.resources.requests.storage";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for claim in cx.inventory().of(kinds::PERSISTENT_VOLUME_CLAIM) {
        if claim.get(SIZE).is_none_or(|it| it.kind() == Type::Null) {
            let message = "it does not say how much storage it asks for: the API server refuses it";
            out.push(CHECK.at(&claim.place(SIZE), message));
        }
    }
}
