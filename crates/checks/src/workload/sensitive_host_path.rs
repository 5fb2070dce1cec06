//! Some paths of a node are as good as the node.

use finding::{Finding, Fix, Severity};
use model::{Kinds, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::host_path::{self, Class};

pub(crate) const CHECK: Check = Check {
    id: "sensitive-host-path",
    title: "Pod mounts a path that its node hangs on",
    severity: Severity::High,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Cis("5.2.12"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Baseline),
    ],
    peers: &[
        Peer::KubeLinter("sensitive-host-mounts"),
        Peer::KubeLinter("writable-host-mount"),
        Peer::Kubescape("C-0045"),
        Peer::Kubescape("C-0048"),
        Peer::Kubescape("C-0203"),
        Peer::Polaris("hostPathSet"),
        Peer::Trivy("KSV-0023"),
        Peer::Trivy("KSV-0121"),
    ],
    effort: Hours(3),
    fix: Fix::Review("Mount the one file that is needed, read-only, or ask the kubelet for it"),
    cel: Cel::Widened(
        "!has(variables.podSpec.volumes) || variables.podSpec.volumes.all(v, \
         !has(v.hostPath))",
        "every path of the node is denied: CEL would have to know who mounts it how",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("sensitive_host_path.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for volume in cx.workloads().flat_map(Workload::volumes) {
        let Some(Class::Sensitive { what, severity }) = host_path::class(&volume) else { continue };
        let (name, path) = (volume.name(), volume.host_path().unwrap_or_default());
        let may = if volume.is_writable() { "may write to" } else { "may read" };
        let message = format!("volume {name} is {path} of the node: the pod {may} {what}");
        out.push(Finding { severity, ..CHECK.at(&volume.place("hostPath.path"), message) });
    }
}
