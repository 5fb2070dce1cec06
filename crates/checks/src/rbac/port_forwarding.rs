//! A tunnel through the API server ends inside the pod, where no policy stands.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "port-forwarding",
    title: "Role allows tunnels into pods",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1609"), Nsa(check::Nsa::Network), Owasp("K03")],
    peers: &[Peer::Kubescape("C-0063")],
    effort: Hours(2),
    fix: Fix::Manual("Take `pods/portforward` out where production data is near"),
    cel: Cel::Widened(
        OLD_POWER.cel,
        "from 1.35 on `get` alone is harmless, and a policy knows no version",
    ),
    run,
    ..Check::on(Kinds::ROLES, include_str!("port_forwarding.md"))
};

const POWER: Power = power!(["create"] on Namespace "" ["pods/portforward", "*/portforward"]);
/// Before 1.35 a WebSocket was opened by `get`.
const OLD_POWER: Power =
    power!(["create", "get"] on Namespace "" ["pods/portforward", "*/portforward"]);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let power = if cx.kubernetes().minor < 35 { OLD_POWER } else { POWER };
    power.find(cx, &CHECK, "reach any port of pods past every NetworkPolicy", out);
}
