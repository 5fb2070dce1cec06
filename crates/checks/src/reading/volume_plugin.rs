//! Plugins for volumes that Kubernetes had once.

use crate::context::Version;

/// Sources of volumes, and the first release without their plugin. Those that a CSI driver takes
/// over under the old name are not among them.
const GONE: &[(&str, u32)] = &[
    ("cephfs", 31),
    ("flocker", 25),
    ("gitRepo", 33),
    ("glusterfs", 26),
    ("quobyte", 25),
    ("rbd", 31),
    ("scaleIO", 22),
    ("storageos", 25),
];

/// The sources of volumes that no kubelet of a version mounts, each with the first release without
/// its plugin.
pub(crate) fn gone(version: Version) -> impl Iterator<Item = (&'static str, u32)> {
    GONE.iter().copied().filter(move |(_, since)| version.minor >= *since)
}
