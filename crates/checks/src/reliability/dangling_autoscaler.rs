//! An autoscaler of something that is not there scales nothing.

use std::collections::BTreeSet;

use finding::{Confidence, Fix, Severity};
use model::{Kinds, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::autoscaler::Autoscaler;

pub(crate) const CHECK: Check = Check {
    id: "dangling-autoscaler",
    title: "Autoscaler scales something that is not there",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Namespace,
    sees: SCALED,
    peers: &[
        Peer::KubeLinter("dangling-horizontalpodautoscaler"),
        Peer::KubeScore("horizontalpodautoscaler-has-target"),
        Peer::Kubescape("C-0300"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Name the workload that is meant, or delete the autoscaler"),
    cel: Cel::Refused("what is scaled is another object"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::HORIZONTAL_POD_AUTOSCALER]),
        include_str!("dangling_autoscaler.md"),
    )
};

const SCALED: &[kinds::Kind] =
    &[kinds::DEPLOYMENT, kinds::STATEFUL_SET, kinds::REPLICA_SET, kinds::REPLICATION_CONTROLLER];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let pods = cx.pods();
    let old = ["Deployment", "ReplicaSet"].into_iter();
    let old = old.flat_map(|kind| cx.inventory().named("extensions", kind));
    let objects = cx.inventory().of_any(Kinds::of(SCALED)).chain(old);
    let there: BTreeSet<[&str; 3]> =
        objects.map(|it| [it.namespace(), it.kind(), it.name()]).collect();
    for object in cx.inventory().of(kinds::HORIZONTAL_POD_AUTOSCALER) {
        let namespace = object.namespace();
        let Some([kind, name]) = Autoscaler::new(object).target() else { continue };
        let is_known = SCALED.iter().any(|it| it.kind == kind);
        let is_there = there.contains(&[namespace, kind, name]);
        let target = object.get("spec.scaleTargetRef");
        if is_known && !is_there && pods.are_missed_by(object, target) {
            let message = format!("there is no {kind} {name} in namespace {namespace}");
            out.push(CHECK.at(&object.place("spec.scaleTargetRef.name"), message));
        }
    }
}
