//! A volume that several pods write carries what one of them puts there to all.

use std::collections::BTreeMap;

use finding::{Fix, Severity};
use model::tree::Node;
use model::volume::Volume;
use model::{Kinds, Object, Place, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "shared-writable-claim",
    title: "Several programs write one volume",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Storage,
    scope: Scope::Namespace,
    sees: Kinds::WORKLOADS.built_in(),
    peers: &[Peer::Kubesec("VolumeClaimAccessModeReadWriteOnce")],
    effort: Hours(4),
    fix: Fix::Manual("Let one workload write, and mount the claim read-only in all others"),
    cel: Cel::Refused("who mounts the claim stands in other objects"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::PERSISTENT_VOLUME_CLAIM]),
        include_str!("shared_writable_claim.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let writers = writers(cx);
    for claim in cx.inventory().of(kinds::PERSISTENT_VOLUME_CLAIM) {
        let mut modes = claim.get("spec.accessModes").into_iter().flat_map(Node::items);
        let mode = modes.find(|it| it.as_str() == Some("ReadWriteMany"));
        let programs = writers.get(&[claim.namespace(), claim.name()]).map(Vec::as_slice);
        let Some((mode, [first, second, rest @ ..])) = mode.zip(programs) else { continue };
        let said = |it: &Object| format!("{} {}", it.kind(), it.name());
        let others =
            if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
        let message = format!("{} writes it beside {}{others}", said(first), said(second));
        out.push(CHECK.at(&Place::of(claim, mode), message));
    }
}

/// What may write the volume of a claim, by the namespace and the name of the claim.
fn writers<'a>(cx: &Cx<'a>) -> BTreeMap<[&'a str; 2], Vec<&'a Object>> {
    let mut writers: BTreeMap<_, Vec<&Object>> = BTreeMap::new();
    for workload in cx.workloads() {
        for volume in workload.volumes().filter(Volume::is_writable) {
            let Some(claim) = volume.source("persistentVolumeClaim") else { continue };
            let is_read = claim.get("readOnly").and_then(Node::as_bool) == Some(true);
            let name = claim.get("claimName").and_then(Node::as_text).filter(|_| !is_read);
            let Some(name) = name else { continue };
            let all = writers.entry([workload.namespace(), name]).or_default();
            if !all.iter().any(|it| it.id() == workload.object().id()) {
                all.push(workload.object());
            }
        }
    }
    writers
}
