//! Without the node authorizer, kubelets need rights that reach beyond their node.

use finding::{Change, Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::api_server::{Authorizers, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "node-authorizer-missing",
    title: "API server does not hold nodes to their own objects",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::AUTHORIZATION_CONFIGURATION, kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Cis("1.2.7"), Nsa(check::Nsa::Access), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_75"), Peer::Kubescape("C-0119"), Peer::Trivy("KCV-0008")],
    effort: Hours(4),
    fix: Fix::Review("Put Node before RBAC into the authorizers"),
    edit: Edit::By(put_node_first),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("node_authorizer_missing.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for authorizers in Authorizers::all(cx).iter().filter(|it| it.misses("Node")) {
        let message = "Node is not among the authorizers: kubelets need rights over all nodes";
        out.push(CHECK.at(&authorizers.place, message));
    }
}

/// A file says more of each authorizer than its name.
fn put_node_first(flaw: &Flaw<'_>) -> Vec<Change> {
    let modes = argument::values(flaw);
    if modes.is_empty() {
        return Vec::new();
    }
    argument::replace(flaw, &format!("Node,{}", modes.join(",")))
}
