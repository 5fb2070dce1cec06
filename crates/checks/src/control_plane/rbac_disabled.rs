//! Without RBAC, roles and bindings are decoration.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{Authorizers, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "rbac-disabled",
    title: "API server does not ask roles and bindings",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::AUTHORIZATION_CONFIGURATION, kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Cis("1.2.8"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[
        Peer::Checkov("CKV_K8S_77"),
        Peer::Kubescape("C-0088"),
        Peer::Kubescape("C-0120"),
        Peer::Trivy("KCV-0009"),
    ],
    effort: Hours(16),
    fix: Fix::Manual("Put RBAC into the authorizers, with the bindings that the old one stood for"),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("rbac_disabled.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for authorizers in Authorizers::all(cx).iter().filter(|it| it.misses("RBAC")) {
        let message = "RBAC is not among the authorizers: roles and bindings hold nobody";
        out.push(CHECK.at(&authorizers.place, message));
    }
}
