//! Pods go where nodes say they should.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "node-writer",
    title: "Role allows to change nodes",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1610"), Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(2),
    fix: Fix::Manual("Leave nodes to the control plane and the autoscaler"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::of(&[kinds::CLUSTER_ROLE]), include_str!("node_writer.md"))
};

const POWER: Power = power!(
    ["create", "delete", "deletecollection", "patch", "update"] on Cluster "" ["nodes"]
    or ["patch", "update"] on Cluster "" ["nodes/status", "*/status"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(
        cx,
        &CHECK,
        "draw pods to a node of their choice, or drive them off all others",
        out,
    );
}
