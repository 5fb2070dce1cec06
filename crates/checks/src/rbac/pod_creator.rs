//! Whoever starts a pod chooses the account it runs as and the Secrets it mounts.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "pod-creator",
    title: "Role allows to run pods of one's own",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1610"), Cis("5.1.4"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[
        Peer::KubeLinter("access-to-create-pods"),
        Peer::Kubescape("C-0188"),
        Peer::Trivy("KSV-0048"),
    ],
    effort: Hours(2),
    fix: Fix::Manual("Let a pipeline of the namespace create pods, and people only through it"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("pod_creator.md"))
};

const POWER: Power = power!(
    ["create", "patch", "update"] on Namespace "" ["pods", "replicationcontrollers"]
    or ["create", "patch", "update"] on Namespace "apps"
        ["daemonsets", "deployments", "replicasets", "statefulsets"]
    or ["create", "patch", "update"] on Namespace "batch" ["cronjobs", "jobs"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "run programs of their own as service accounts of others", out);
}
