//! A pod that speaks to a storage driver itself chooses what only administrators chose before.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place};

use crate::check::Framework::Nsa;
use crate::check::{self, Cel, Check, Hours, Layer, Parameter, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "inline-csi-volume",
    title: "Pod tells a storage driver what to mount",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    parameters: &[Parameter {
        name: "drivers",
        default: SAFE,
        about: "Drivers that are made to be told by pods.",
    }],
    frameworks: &[Nsa(check::Nsa::PodSecurity)],
    effort: Hours(4),
    fix: Fix::Manual("Mount a claim, or a generic ephemeral volume with a StorageClass"),
    cel: Cel::Exact(TWIN),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("inline_csi_volume.md"))
};

/// Writes the drivers down once, for the check and its twin.
macro_rules! safe {
    ($($driver:literal,)*) => {
        const SAFE: &[&str] = &[$($driver),*];

        const TWIN: &str = concat!(
            "!has(variables.podSpec.volumes) || variables.podSpec.volumes.all(v, \
             !has(v.csi) || !has(v.csi.driver) || v.csi.driver in [",
            $("'", $driver, "', ",)*
            "''])"
        );
    };
}

safe! {
    "csi-secrets-store.csi.k8s.io",
    "csi.cert-manager.io",
    "csi.spiffe.io",
    "csi.spire.io",
    "image.csi.k8s.io",
    "secrets-store.csi.k8s.io",
    "secrets.csi.kubevault.com",
    "spiffe.csi.cert-manager.io",
}

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let safe = CHECK.words(cx, "drivers");
    for workload in cx.workloads() {
        for volume in workload.spec().get("volumes").into_iter().flat_map(Node::items) {
            let driver = volume.at("csi.driver").filter(|it| it.as_text().is_some());
            let Some(driver) = driver.filter(|it| !safe.contains(&it.text())) else { continue };
            let name = volume.get("name").and_then(Node::as_text).unwrap_or("(no name)");
            let driver_name = driver.text();
            let message = format!("volume {name} gives its own orders to driver {driver_name}");
            out.push(CHECK.at(&Place::of(workload.object(), driver), message));
        }
    }
}
