//! A disk that is made before the pod has a place may lie where the pod cannot go.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, kinds};

use crate::check::{Audience, Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "early-volume-binding",
    title: "Disk is made before its pod has a place",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cloud,
    dimension: Dimension::Storage,
    scope: Scope::Object,
    audience: Audience::Platform,
    effort: Hours(2),
    fix: Fix::Review("Add a class with `volumeBindingMode: WaitForFirstConsumer`"),
    cel: Cel::Exact(TWIN),
    run,
    ..Check::on(Kinds::of(&[kinds::STORAGE_CLASS]), include_str!("early_volume_binding.md"))
};

/// Writes the drivers down once, for the check and its twin.
macro_rules! zonal {
    ($($driver:literal,)*) => {
        /// Drivers whose disks lie in one zone.
        const ZONAL: &[&str] = &[$($driver),*];

        const TWIN: &str = concat!(
            "!has(object.provisioner) || !(object.provisioner in [",
            $("'", $driver, "', ",)*
            "'']) || has(object.volumeBindingMode) \
             && object.volumeBindingMode == 'WaitForFirstConsumer' \
             || has(object.allowedTopologies) && object.allowedTopologies.size() > 0 \
             || has(object.parameters) && ('zone' in object.parameters \
             || 'zones' in object.parameters || 'storageAccount' in object.parameters \
             || 'kind' in object.parameters \
             && object.parameters.kind in ['Dedicated', 'Shared'])"
        );
    };
}

zonal! {
    "disk.csi.azure.com",
    "ebs.csi.aws.com",
    "kubernetes.io/aws-ebs",
    "kubernetes.io/azure-disk",
    "kubernetes.io/gce-pd",
    "kubernetes.io/no-provisioner",
    "pd.csi.storage.gke.io",
}

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for class in cx.inventory().of(kinds::STORAGE_CLASS) {
        let text = |field| class.get(field).and_then(Node::as_text);
        let driver = text("provisioner").filter(|it| ZONAL.contains(it));
        let topologies = class.get("allowedTopologies").into_iter().flat_map(Node::items);
        let waits = text("volumeBindingMode") == Some("WaitForFirstConsumer");
        let has_place = waits || topologies.count() > 0 || is_placed(class);
        let Some(driver) = driver.filter(|_| !has_place) else { continue };
        let message = format!("disks of {driver} are made in any zone before the pod has a place");
        out.push(CHECK.at(&class.place("volumeBindingMode"), message));
    }
}

/// Whether the parameters of a class name a zone, or a storage account, whose disks are in none.
fn is_placed(class: &Object) -> bool {
    let parameter = |name: &str| class.get("parameters").and_then(|it| it.get(name));
    let named = ["zone", "zones", "storageAccount"].into_iter().any(|it| parameter(it).is_some());
    let kind = parameter("kind").and_then(Node::as_text);
    named || matches!(kind, Some("Dedicated" | "Shared"))
}
