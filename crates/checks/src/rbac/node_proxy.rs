//! The kubelet runs commands for the API server, and asks nobody about them.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "node-proxy",
    title: "Role allows requests to kubelets through the API server",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1609"), Cis("5.1.10"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Checkov("CKV2_K8S_2"), Peer::Kubescape("C-0279"), Peer::Trivy("KSV-0047")],
    effort: Hours(2),
    fix: Fix::Manual("Grant `nodes/metrics`, `nodes/stats`, `nodes/log` or `nodes/pods` instead"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::of(&[kinds::CLUSTER_ROLE]), include_str!("node_proxy.md"))
};

const POWER: Power = power!(
    ["create", "get"] on Cluster "" ["nodes/proxy", "*/proxy"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(
        cx,
        &CHECK,
        "command the kubelets of all nodes, past admission and the audit of pods",
        out,
    );
}
