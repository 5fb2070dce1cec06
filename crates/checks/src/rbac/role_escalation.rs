//! The verb `escalate` takes away the rule that nobody grants more than they have.

use finding::{Change, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "role-escalation",
    title: "Role allows to write permissions one does not have",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1098"), Cis("5.1.8"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Checkov("CKV_K8S_158"), Peer::Kubescape("C-0191"), Peer::Trivy("KSV-0050")],
    effort: Hours(2),
    fix: Fix::Review("Drop `escalate`; give the permissions that it hands on itself"),
    edit: Edit::By(mend),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("role_escalation.md"))
};

const POWER: Power = power!(
    ["escalate"] on Cluster "rbac.authorization.k8s.io" ["clusterroles"]
    or ["escalate"] on Namespace "rbac.authorization.k8s.io" ["roles"], named ["*"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "write permissions into roles that they do not have themselves", out);
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    POWER.dropped(flaw.object())
}
