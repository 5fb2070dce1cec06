//! A shell in a container is whatever that container may do and read.

use finding::{Change, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "pod-exec",
    title: "Role allows commands in running containers",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1609"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[
        Peer::Checkov("CKV2_K8S_2"),
        Peer::Kubescape("C-0002"),
        Peer::Polaris("clusterrolePodExecAttach"),
        Peer::Polaris("clusterrolebindingPodExecAttach"),
        Peer::Polaris("rolePodExecAttach"),
        Peer::Polaris("rolebindingClusterRolePodExecAttach"),
        Peer::Polaris("rolebindingRolePodExecAttach"),
        Peer::Trivy("KSV-0053"),
    ],
    effort: Hours(2),
    fix: Fix::Review("Take `pods/exec` out; let people debug by logs and metrics"),
    edit: Edit::By(mend),
    cel: Cel::Widened(
        OLD_POWER.cel,
        "from 1.35 on `get` alone is harmless, and a policy knows no version",
    ),
    run,
    ..Check::on(Kinds::ROLES, include_str!("pod_exec.md"))
};

const POWER: Power = power!(["create"] on Namespace "" ["pods/exec", "*/exec"]);
/// Before 1.35 a WebSocket was opened by `get`.
const OLD_POWER: Power = power!(["create", "get"] on Namespace "" ["pods/exec", "*/exec"]);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let power = if cx.kubernetes().minor < 35 { OLD_POWER } else { POWER };
    power.find(cx, &CHECK, "run commands in the containers of others", out);
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    OLD_POWER.taken_out(flaw.object())
}
