//! A storage class whose disks are not encrypted unless it says so.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, kinds};

use crate::check::Framework::Nsa;
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "unencrypted-storage-class",
    title: "Volumes of a storage class are not encrypted",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Three,
    layer: Layer::Cloud,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Nsa(check::Nsa::Network)],
    peers: &[Peer::Kubescape("C-0264")],
    effort: Hours(4),
    fix: Fix::Review(
        "Add a class with the encryption parameter of its driver, and move claims to it",
    ),
    cel: Cel::Refused("each driver has a parameter of its own"),
    run,
    ..Check::on(Kinds::of(&[kinds::STORAGE_CLASS]), include_str!("unencrypted_storage_class.md"))
};

/// Drivers that encrypt only where a parameter says so: how the name of the driver ends, and the
/// parameter. Operators put a name of their own before that of the driver.
const DRIVERS: &[(&str, &str)] = &[
    ("ebs.csi.aws.com", "encrypted"),
    ("kubernetes.io/aws-ebs", "encrypted"),
    ("diskplugin.csi.alibabacloud.com", "encrypted"),
    ("rbd.csi.ceph.com", "encrypted"),
    ("cephfs.csi.ceph.com", "encrypted"),
    ("driver.longhorn.io", "encrypted"),
    ("csi.scaleway.com", "encrypted"),
    ("linodebs.csi.linode.com", "linodebs.csi.linode.com/encrypted"),
    ("linstor.csi.linbit.com", "linstor.csi.linbit.com/encryption"),
    ("kubernetes.io/portworx-volume", "secure"),
    ("pxd.portworx.com", "secure"),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for class in cx.inventory().of(kinds::STORAGE_CLASS) {
        let driver = class.get("provisioner").and_then(Node::as_str).unwrap_or_default();
        let is_driver = |own: &str| {
            let front = driver.strip_suffix(own);
            front.is_some_and(|it| it.is_empty() || it.ends_with('.'))
        };
        let known = DRIVERS.iter().find(|(own, _)| is_driver(own));
        let Some((_, parameter)) = known.filter(|(_, it)| !is_true(class, it)) else { continue };
        let message =
            format!("{driver} encrypts only where parameter {parameter} is true, which it is not");
        out.push(CHECK.at(&class.place("parameters"), message));
    }
}

/// Parameters are texts. The key has dots in it, so that it is no path.
fn is_true(class: &Object, parameter: &str) -> bool {
    let value = class.get("parameters").and_then(|it| it.get(parameter));
    value.is_some_and(|it| matches!(it.text(), "true" | "True" | "TRUE" | "1" | "t"))
}
