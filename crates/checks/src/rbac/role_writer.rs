//! Whoever writes roles and bindings hands on whatever they have, unseen.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "role-writer",
    title: "Role allows to write roles or bindings",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1098"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Trivy("KSV-0050"), Peer::Trivy("KSV-0055")],
    effort: Hours(2),
    fix: Fix::Manual("Ship roles with what needs them, instead of making them at run time"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("role_writer.md"))
};

const POWER: Power = power!(
    ["create", "patch", "update"] on Cluster "rbac.authorization.k8s.io"
        ["clusterrolebindings", "clusterroles"]
    or ["create", "patch", "update"] on Namespace "rbac.authorization.k8s.io"
        ["rolebindings", "roles"],
    said true
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "hand their own permissions on to anybody, for good", out);
}
