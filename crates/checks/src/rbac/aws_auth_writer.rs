//! On EKS one map says which identities of AWS are administrators.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "aws-auth-writer",
    title: "Role allows to change who may log in to EKS",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1098"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Trivy("KSV-0115")],
    effort: Hours(2),
    fix: Fix::Manual("Use access entries of EKS, and take this out"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("aws_auth_writer.md"))
};

const POWER: Power = power!(
    ["patch", "update"] on System "" ["configmaps"], only ["aws-auth"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "make any identity of AWS an administrator of the cluster", out);
}
