//! What a policy closes, and where a Service leads, is an object like any other.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "network-writer",
    title: "Role allows to open closed networks or to mislead traffic",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Network), Owasp("K03")],
    peers: &[Peer::Trivy("KSV-0056")],
    effort: Hours(2),
    fix: Fix::Manual("Leave NetworkPolicies to the platform, and endpoints to Kubernetes"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("network_writer.md"))
};

const POWER: Power = power!(
    ["delete", "deletecollection", "patch", "update"] on Namespace "networking.k8s.io"
        ["networkpolicies"]
    or ["create", "patch", "update"] on Namespace "" ["endpoints"]
    or ["create", "patch", "update"] on Namespace "discovery.k8s.io" ["endpointslices"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "open closed networks, or lead the traffic of a Service elsewhere", out);
}
