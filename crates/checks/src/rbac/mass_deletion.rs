//! One request that deletes a namespace deletes everything in it.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "mass-deletion",
    title: "Role allows to delete whole namespaces or kinds at once",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1485"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Kubescape("C-0007")],
    effort: Hours(2),
    fix: Fix::Manual("Drop `deletecollection`, and `delete` on what holds other things"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("mass_deletion.md"))
};

const POWER: Power = power!(
    ["delete", "deletecollection"] on Namespace "" ["namespaces"]
    or ["delete", "deletecollection"] on Cluster "apiextensions.k8s.io"
        ["customresourcedefinitions"]
    or ["deletecollection"] on Namespace ""
        ["configmaps", "persistentvolumeclaims", "pods", "secrets", "services"]
    or ["deletecollection"] on Cluster "" ["persistentvolumes"]
    or ["deletecollection"] on Namespace "apps" ["daemonsets", "deployments", "statefulsets"],
    said true
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "destroy much at once, data included", out);
}
