//! A volume of type hostPath brings a piece of the node into the pod.

use finding::{Finding, Fix, Severity};
use model::{Kinds, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::host_path::{self, Class};

pub(crate) const CHECK: Check = Check {
    id: "host-path-mount",
    title: "Pod mounts a path of its node",
    severity: Severity::Medium,
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
        Peer::Kubescape("C-0048"),
        Peer::Kubescape("C-0203"),
        Peer::Polaris("hostPathSet"),
        Peer::Trivy("KSV-0023"),
    ],
    effort: Hours(3),
    fix: Fix::Review("Take it from the image, a ConfigMap or a PersistentVolumeClaim instead"),
    cel: Cel::Widened(
        "!has(variables.podSpec.volumes) || variables.podSpec.volumes.all(v, \
         !has(v.hostPath))",
        "the worse paths, which other checks find, are denied too",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("host_path_mount.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for volume in cx.workloads().flat_map(Workload::volumes) {
        let is_ordinary = host_path::class(&volume) == Some(Class::Ordinary);
        if is_ordinary && host_path::written(&volume).is_none() {
            let (name, path) = (volume.name(), volume.host_path().unwrap_or_default());
            let message = format!("volume {name} is the path {path} of the node");
            let small = !volume.is_writable() || is_for_all(path);
            let severity = if small { Severity::Low } else { CHECK.severity };
            out.push(Finding { severity, ..CHECK.at(&volume.place("hostPath"), message) });
        }
    }
}

/// Locks, and the socket of the log: made for every program of the node.
fn is_for_all(path: &str) -> bool {
    path == "/dev/log" || path.rsplit('.').next() == Some("lock")
}
