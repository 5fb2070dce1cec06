//! The verb `bind` lets somebody hand out roles that they do not have.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "role-binding-power",
    title: "Role allows to grant roles one does not have",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1098"), Cis("5.1.8"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[
        Peer::Checkov("CKV2_K8S_1"),
        Peer::Checkov("CKV_K8S_157"),
        Peer::Kubescape("C-0191"),
        Peer::Trivy("KSV-0051"),
        Peer::Trivy("KSV-0052"),
    ],
    effort: Hours(2),
    fix: Fix::Manual("Limit `bind` to the roles it hands out, by `resourceNames`"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("role_binding_power.md"))
};

const POWER: Power = power!(
    ["bind"] on Namespace "rbac.authorization.k8s.io" ["clusterroles", "roles"],
    named ["admin", "cluster-admin"],
    said true
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "grant themselves roles with more than they may do", out);
}
