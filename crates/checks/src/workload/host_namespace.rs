//! A pod that shares a namespace of its node sees and touches what belongs to the node.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "host-namespace",
    title: "Pod shares a namespace of its node",
    severity: Severity::High,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Cis("5.2.3"),
        Cis("5.2.4"),
        Cis("5.2.5"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Baseline),
    ],
    peers: &[
        Peer::Checkov("CKV_K8S_17"),
        Peer::Checkov("CKV_K8S_18"),
        Peer::Checkov("CKV_K8S_19"),
        Peer::KubeLinter("host-ipc"),
        Peer::KubeLinter("host-network"),
        Peer::KubeLinter("host-pid"),
        Peer::Kubescape("C-0038"),
        Peer::Kubescape("C-0041"),
        Peer::Kubesec("HostIPC"),
        Peer::Kubesec("HostNetwork"),
        Peer::Kubesec("HostPID"),
        Peer::Polaris("hostIPCSet"),
        Peer::Polaris("hostNetworkSet"),
        Peer::Polaris("hostPIDSet"),
        Peer::Trivy("KSV-0008"),
        Peer::Trivy("KSV-0009"),
        Peer::Trivy("KSV-0010"),
    ],
    effort: Hours(2),
    fix: Fix::Review("Remove the host namespace; reach the node through a Service, port or mount"),
    edit: Edit::Set("false"),
    cel: Cel::Exact(
        "!( \
         has(variables.podSpec.hostNetwork) && variables.podSpec.hostNetwork \
         || has(variables.podSpec.hostPID) && variables.podSpec.hostPID \
         || has(variables.podSpec.hostIPC) && variables.podSpec.hostIPC)",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("host_namespace.md"))
};

const FIELDS: [(&str, &str); 3] = [
    ("hostNetwork", "the node's network: no NetworkPolicy holds it, and it reaches localhost"),
    ("hostPID", "the node's processes: it sees their environment and may end or trace them"),
    ("hostIPC", "the node's shared memory: it reads what other programs leave there"),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads() {
        for (field, what) in FIELDS.into_iter().filter(|(field, _)| workload.flag(field)) {
            out.push(CHECK.at(&workload.place(field), format!("{field} shares {what}")));
        }
    }
}
