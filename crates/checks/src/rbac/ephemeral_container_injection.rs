//! A container that is added to a running pod shares its network, and may share its processes.

use finding::{Change, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "ephemeral-container-injection",
    title: "Role allows to add containers to running pods",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1609"), Attack("T1610"), Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(2),
    fix: Fix::Review("Take `pods/ephemeralcontainers` out; debug a copy of the pod"),
    edit: Edit::By(mend),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("ephemeral_container_injection.md"))
};

const POWER: Power = power!(
    ["patch", "update"] on Namespace ""
        ["pods/ephemeralcontainers", "*/ephemeralcontainers"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "add containers of their own to the pods of others", out);
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    POWER.taken_out(flaw.object())
}
