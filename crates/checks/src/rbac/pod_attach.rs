//! Whoever is attached to a process sees what it prints and types what it reads.

use finding::{Change, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "pod-attach",
    title: "Role allows to attach to running containers",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1609"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[
        Peer::Polaris("clusterrolePodExecAttach"),
        Peer::Polaris("clusterrolebindingPodExecAttach"),
        Peer::Polaris("rolePodExecAttach"),
        Peer::Polaris("rolebindingClusterRolePodExecAttach"),
        Peer::Polaris("rolebindingRolePodExecAttach"),
        Peer::Trivy("KSV-0054"),
    ],
    effort: Hours(2),
    fix: Fix::Review("Take `pods/attach` out; logs show what a container prints"),
    edit: Edit::By(mend),
    cel: Cel::Widened(
        OLD_POWER.cel,
        "from 1.35 on `get` alone is harmless, and a policy knows no version",
    ),
    run,
    ..Check::on(Kinds::ROLES, include_str!("pod_attach.md"))
};

const POWER: Power = power!(["create"] on Namespace "" ["pods/attach", "*/attach"]);
/// Before 1.35 a WebSocket was opened by `get`.
const OLD_POWER: Power = power!(["create", "get"] on Namespace "" ["pods/attach", "*/attach"]);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let power = if cx.kubernetes().minor < 35 { OLD_POWER } else { POWER };
    power.find(cx, &CHECK, "read and type along with the containers of others", out);
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    OLD_POWER.taken_out(flaw.object())
}
