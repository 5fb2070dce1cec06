//! Who writes Secrets puts in what others trust, and gets tokens made.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "secret-writer",
    title: "Role allows to write every Secret",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1098"), Cis("5.1.2"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Trivy("KSV-0041")],
    effort: Hours(2),
    fix: Fix::Manual("Grant it in a Role of the namespaces that need it, or by `resourceNames`"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("secret_writer.md"))
};

const POWER: Power = power!(
    ["create", "patch", "update"] on System "" ["secrets"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(
        cx,
        &CHECK,
        "write any Secret, and have tokens of service accounts put into them",
        out,
    );
}
