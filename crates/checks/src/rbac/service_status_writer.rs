//! The status of a Service says which addresses the cluster takes for its own.

use finding::{Change, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "service-status-writer",
    title: "Role allows to claim outside addresses for a Service",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Network), Owasp("K03")],
    peers: &[Peer::Checkov("CKV2_K8S_4")],
    effort: Hours(2),
    fix: Fix::Review("Take `services/status` out; the load balancer controller alone writes it"),
    edit: Edit::By(mend),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("service_status_writer.md"))
};

const POWER: Power = power!(
    ["patch", "update"] on Namespace "" ["services/status", "*/status"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "draw the traffic for outside addresses into the cluster", out);
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    POWER.taken_out(flaw.object())
}
