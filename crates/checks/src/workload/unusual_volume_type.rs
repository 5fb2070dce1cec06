//! A volume named in the pod itself needs no claim and no storage class to allow it.

use finding::{Fix, Severity};
use model::{Kinds, Workload};

use crate::check::Framework::{Attack, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "unusual-volume-type",
    title: "Pod mounts a volume type that skips the claim",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Restricted),
    ],
    peers: &[Peer::Trivy("KSV-0028")],
    effort: Hours(3),
    fix: Fix::Review("Put a PersistentVolumeClaim in its place"),
    cel: Cel::Exact(
        "!has(variables.podSpec.volumes) || variables.podSpec.volumes.all(v, \
         !has(v.awsElasticBlockStore) && !has(v.azureDisk) && !has(v.azureFile) && \
         !has(v.cephfs) && !has(v.cinder) && !has(v.fc) && !has(v.flexVolume) && \
         !has(v.flocker) && !has(v.gcePersistentDisk) && !has(v.gitRepo) && \
         !has(v.glusterfs) && !has(v.iscsi) && !has(v.nfs) && !has(v.photonPersistentDisk) \
         && !has(v.portworxVolume) && !has(v.quobyte) && !has(v.rbd) && !has(v.scaleIO) && \
         !has(v.storageos) && !has(v.vsphereVolume))",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unusual_volume_type.md"))
};

/// The types that the standard leaves out, but for hostPath, which is found by itself.
const TYPES: [&str; 20] = [
    "awsElasticBlockStore",
    "azureDisk",
    "azureFile",
    "cephfs",
    "cinder",
    "fc",
    "flexVolume",
    "flocker",
    "gcePersistentDisk",
    "gitRepo",
    "glusterfs",
    "iscsi",
    "nfs",
    "photonPersistentDisk",
    "portworxVolume",
    "quobyte",
    "rbd",
    "scaleIO",
    "storageos",
    "vsphereVolume",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for volume in cx.workloads().flat_map(Workload::volumes) {
        if let Some(kind) = TYPES.into_iter().find(|it| volume.source(it).is_some()) {
            let message =
                format!("volume {} is of type {kind}, named in the pod itself", volume.name());
            out.push(CHECK.at(&volume.place(kind), message));
        }
    }
}
