//! A token made on demand is the account itself, wherever it is carried.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "token-minting",
    title: "Role allows to make tokens of any service account",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1528"), Cis("5.1.13"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Kubescape("C-0282")],
    effort: Hours(2),
    fix: Fix::Manual("Name the accounts whose tokens are made, by `resourceNames`"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("token_minting.md"))
};

const POWER: Power = power!(
    ["create"] on Namespace "" ["serviceaccounts/token", "*/token"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "make tokens of service accounts and use their permissions", out);
}
