//! Whoever may use a privileged constraint starts privileged pods.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "privileged-scc-use",
    title: "Role allows pods that OpenShift would hold back",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1611"), Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(2),
    fix: Fix::Manual("Name the narrowest constraint that the program needs"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("privileged_scc_use.md"))
};

const POWER: Power = power!(
    ["use"] on Namespace "security.openshift.io" ["securitycontextconstraints"],
    named ["hostaccess", "hostmount-anyuid", "hostnetwork", "node-exporter", "privileged"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(
        cx,
        &CHECK,
        "start pods with the rights of a privileged security context constraint",
        out,
    );
}
