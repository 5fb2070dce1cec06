//! An autoscaler whose bounds are equal never scales.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::autoscaler::Autoscaler;

pub(crate) const CHECK: Check = Check {
    id: "autoscaler-without-room",
    title: "Autoscaler has no room to scale",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Object,
    peers: &[Peer::Polaris("hpaMaxAvailability")],
    effort: Hours(1),
    fix: Fix::Review("Set `maxReplicas` above `minReplicas`, or delete the autoscaler"),
    cel: Cel::Exact(
        "!has(object.spec.maxReplicas) || object.spec.maxReplicas > \
         (has(object.spec.minReplicas) ? object.spec.minReplicas : 1)",
    ),
    run,
    ..Check::on(
        Kinds::of(&[kinds::HORIZONTAL_POD_AUTOSCALER]),
        include_str!("autoscaler_without_room.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of(kinds::HORIZONTAL_POD_AUTOSCALER) {
        let autoscaler = Autoscaler::new(object);
        let Some((least, most)) = autoscaler.least().zip(autoscaler.most()) else { continue };
        if most <= least {
            let message = format!("it runs {least} pods at least and {most} at most: never others");
            out.push(CHECK.at(&object.place("spec.maxReplicas"), message));
        }
    }
}
