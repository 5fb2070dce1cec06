//! Who talks to the runtime starts any container, as root of the node.

use finding::{Fix, Severity};
use model::{Kinds, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::host_path::{self, Class};

pub(crate) const CHECK: Check = Check {
    id: "runtime-socket",
    title: "Pod mounts the socket of the container runtime",
    severity: Severity::Critical,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1610"),
        Attack("T1611"),
        Cis("5.2.12"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Baseline),
    ],
    peers: &[
        Peer::Checkov("CKV_K8S_27"),
        Peer::KubeLinter("docker-sock"),
        Peer::KubeLinter("writable-host-mount"),
        Peer::Kubescape("C-0045"),
        Peer::Kubescape("C-0048"),
        Peer::Kubescape("C-0074"),
        Peer::Kubescape("C-0203"),
        Peer::Kubesec("DockerSock"),
        Peer::Polaris("hostPathSet"),
        Peer::Trivy("KSV-0006"),
        Peer::Trivy("KSV-0023"),
    ],
    effort: Hours(8),
    fix: Fix::Manual(
        "Build and inspect without the runtime: rootless builders, the kubelet, the API \
         server",
    ),
    cel: Cel::Widened(
        "!has(variables.podSpec.volumes) || variables.podSpec.volumes.all(v, \
         !has(v.hostPath))",
        "every path of the node is denied, since one path is written in many ways",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("runtime_socket.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for volume in cx.workloads().flat_map(Workload::volumes) {
        if host_path::class(&volume) == Some(Class::RuntimeSocket) {
            let (name, path) = (volume.name(), volume.host_path().unwrap_or_default());
            let message = format!("volume {name} is {path} of the node: the socket of its runtime");
            out.push(CHECK.at(&volume.place("hostPath.path"), message));
        }
    }
}
