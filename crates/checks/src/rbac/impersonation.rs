//! Whoever may act as anybody has the permissions of everybody.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "impersonation",
    title: "Role allows to act as somebody else",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1078"), Cis("5.1.8"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[
        Peer::Checkov("CKV2_K8S_3"),
        Peer::Kubescape("C-0065"),
        Peer::Kubescape("C-0191"),
        Peer::Trivy("KSV-0043"),
    ],
    effort: Hours(2),
    fix: Fix::Manual("Name whom they may act as, by `resourceNames`"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("impersonation.md"))
};

const POWER: Power = power!(
    ["impersonate"] on Cluster "" ["groups", "users"]
    or ["impersonate"] on Namespace "" ["serviceaccounts"],
    named ["kubernetes-admin", "system:kube-controller-manager", "system:masters"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "act as somebody else and with all of their permissions", out);
}
