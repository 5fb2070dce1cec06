//! Files of a node in which clouds and their tools leave credentials.

use finding::{Fix, Severity};
use model::{Kinds, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::host_path::{self, Class};

pub(crate) const CHECK: Check = Check {
    id: "cloud-credential-file",
    title: "Pod mounts cloud credentials of its node",
    severity: Severity::High,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1552.001"),
        Cis("5.2.12"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Baseline),
    ],
    peers: &[
        Peer::Kubescape("C-0020"),
        Peer::Kubescape("C-0048"),
        Peer::Kubescape("C-0203"),
        Peer::Polaris("hostPathSet"),
        Peer::Trivy("KSV-0023"),
    ],
    effort: Hours(4),
    fix: Fix::Review("Give the service account an identity of the cloud instead"),
    cel: Cel::Widened(
        "!has(variables.podSpec.volumes) || variables.podSpec.volumes.all(v, \
         !has(v.hostPath))",
        "every path of the node is denied, since one path is written in many ways",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("cloud_credential_file.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for volume in cx.workloads().flat_map(Workload::volumes) {
        if host_path::class(&volume) == Some(Class::CloudCredential) {
            let (name, path) = (volume.name(), volume.host_path().unwrap_or_default());
            let message =
                format!("volume {name} is {path} of the node, which holds cloud credentials");
            out.push(CHECK.at(&volume.place("hostPath.path"), message));
        }
    }
}
