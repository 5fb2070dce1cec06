//! Who registers an API answers for the API server.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "api-extension-writer",
    title: "Role allows to change which APIs are served, and by whom",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1562.001"), Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(2),
    fix: Fix::Manual("Install definitions by the pipeline; name those a program keeps"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::of(&[kinds::CLUSTER_ROLE]), include_str!("api_extension_writer.md"))
};

const POWER: Power = power!(
    ["create", "patch", "update"] on Cluster "apiregistration.k8s.io" ["apiservices"]
    or ["patch", "update"] on Cluster "apiextensions.k8s.io"
        ["customresourcedefinitions"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(
        cx,
        &CHECK,
        "answer requests in place of the API server, or change what objects may hold",
        out,
    );
}
