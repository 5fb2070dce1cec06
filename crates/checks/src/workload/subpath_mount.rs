//! Kubelets before 1.22.2 mount what a link in a volume points to.

use finding::{Confidence, Fix, Severity};
use model::{Kinds, Mount, Node};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings, Version};

pub(crate) const CHECK: Check = Check {
    id: "subpath-mount",
    title: "Sub-path mount on kubelets that can be led astray",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1611"), Nsa(check::Nsa::Upgrading), Owasp("K10")],
    peers: &[Peer::Kubescape("C-0058")],
    effort: Hours(4),
    fix: Fix::Review("Bring the kubelets up to date; until then mount whole volumes"),
    cel: Cel::Refused("the version of the kubelet decides"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("subpath_mount.md"))
};

/// The last minor version with kubelets that are open to CVE-2021-25741.
const LAST_OPEN: Version = Version { minor: 22 };

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if cx.kubernetes() > LAST_OPEN {
        return;
    }
    for container in cx.containers() {
        let by_path = |it: &Mount<'_>| {
            ["subPath", "subPathExpr"]
                .iter()
                .any(|field| it.node.get(field).and_then(Node::as_text).is_some())
        };
        if let Some(mount) = container.mounts().find(by_path) {
            let message = format!("container {} mounts a sub-path of a volume", container.name());
            out.push(CHECK.at(&mount.place(), message));
        }
    }
}
