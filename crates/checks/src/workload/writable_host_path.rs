//! A mount of a path of the node that is not read-only.

use finding::{Fix, Severity};
use model::{Kinds, Mount, Volume, Workload};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::host_path::{self, Class};

pub(crate) const CHECK: Check = Check {
    id: "writable-host-path",
    title: "Container may write to a path of its node",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Attack("T1611"), Nsa(check::Nsa::PodSecurity), Owasp("K01")],
    peers: &[Peer::KubeLinter("writable-host-mount"), Peer::Kubescape("C-0045")],
    effort: Hours(2),
    fix: Fix::Review(
        "Set `readOnly: true` on the mount, or use a volume that is no path of the node",
    ),
    cel: Cel::Refused("whether a volume is judged depends on its path, written in many ways"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("writable_host_path.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for volume in cx.workloads().flat_map(Workload::volumes).filter(is_judged) {
        let (name, path) = (volume.name(), volume.host_path().unwrap_or_default());
        if let Some(mount) = volume.mounts().find(Mount::is_writable) {
            let container = mount.container.name();
            let message = format!("container {container} may write to {path} of the node ({name})");
            out.push(CHECK.at(&mount.place(), message));
        }
    }
}

/// Of files and folders; to a socket or a device everybody writes who has it, and a path that the
/// node hangs on is judged with its mounts.
fn is_judged(volume: &Volume<'_>) -> bool {
    let kind = volume.source("hostPath").and_then(|it| it.get("type")?.as_str());
    let special = matches!(kind, Some("Socket" | "CharDevice" | "BlockDevice"));
    let is_shared = |it: &str| {
        let ending = it.rsplit('.').next();
        it.starts_with("/dev/") || ending == Some("sock") || ending == Some("lock")
    };
    let shared = volume.host_path().is_some_and(is_shared);
    let ordinary =
        matches!(host_path::class(volume), Some(Class::Ordinary | Class::CloudCredential));
    ordinary && !special && !shared
}
