//! A mount of a path of the node that is not read-only.

use finding::{Change, Fix, Severity};
use model::{Container, Kinds, Mount, Node, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::host_path;

pub(crate) const CHECK: Check = Check {
    id: "writable-host-path",
    title: "Container may write to a path of its node",
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
        Peer::KubeLinter("writable-host-mount"),
        Peer::Kubescape("C-0045"),
        Peer::Kubescape("C-0048"),
        Peer::Kubescape("C-0203"),
        Peer::Polaris("hostPathSet"),
        Peer::Trivy("KSV-0023"),
    ],
    effort: Hours(2),
    fix: Fix::Review(
        "Set `readOnly: true` on the mount, or use a volume that is no path of the node",
    ),
    edit: Edit::By(mend),
    cel: Cel::Refused("whether a volume is judged depends on its path, written in many ways"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("writable_host_path.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for volume in cx.workloads().flat_map(Workload::volumes) {
        let (name, path) = (volume.name(), volume.host_path().unwrap_or_default());
        if let Some(mount) = host_path::written(&volume) {
            let container = mount.container.name();
            let message = format!("container {container} may write to {path} of the node ({name})");
            out.push(CHECK.at(&mount.place(), message));
        }
    }
}

/// Every mount of the volume.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let (Some(mount), Some(workload)) = (flaw.node(), flaw.workload()) else { return Vec::new() };
    let name = mount.get("name").and_then(Node::as_text);
    let same = |it: &Mount<'_>| it.node.get("name").and_then(Node::as_text) == name;
    let mounts =
        workload.containers().flat_map(Container::mounts).filter(same).filter(Mount::is_writable);
    mounts.map(|it| Change::set(format!("{}.readOnly", it.node.path()), "true")).collect()
}
