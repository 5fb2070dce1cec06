//! Who answers where a name leads decides whom everybody talks to.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "coredns-writer",
    title: "Role allows to change the DNS of the cluster",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1562.001"), Nsa(check::Nsa::Network), Owasp("K03")],
    peers: &[Peer::Kubescape("C-0037")],
    effort: Hours(2),
    fix: Fix::Manual("Change the DNS by the pipeline that installs the cluster"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("coredns_writer.md"))
};

const POWER: Power = power!(
    ["patch", "update"] on System "" ["configmaps"],
    only ["coredns", "coredns-custom", "kube-dns", "node-local-dns"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "decide where every name in the cluster leads", out);
}
