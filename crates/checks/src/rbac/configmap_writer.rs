//! What steers the DNS, the proxies and the programs of a cluster stands in such maps.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "configmap-writer",
    title: "Role allows to change every ConfigMap",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1098"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Kubescape("C-0037"), Peer::Trivy("KSV-0049")],
    effort: Hours(2),
    fix: Fix::Manual("Grant it in a Role of the namespaces that need it, or by `resourceNames`"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("configmap_writer.md"))
};

const POWER: Power = power!(
    ["patch", "update"] on System "" ["configmaps"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "change the configuration of the cluster itself", out);
}
