//! Events are where an intruder first shows.

use finding::{Change, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "event-deletion",
    title: "Role allows to delete events",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1070"), Nsa(check::Nsa::Logging), Owasp("K03")],
    peers: &[Peer::Kubescape("C-0031")],
    effort: Hours(2),
    fix: Fix::Review("Drop `delete` and `deletecollection` on events"),
    edit: Edit::By(mend),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("event_deletion.md"))
};

const POWER: Power = power!(
    ["delete", "deletecollection"] on Namespace "" ["events"]
    or ["delete", "deletecollection"] on Namespace "events.k8s.io" ["events"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "delete the traces of what happened", out);
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    POWER.dropped(flaw.object())
}
