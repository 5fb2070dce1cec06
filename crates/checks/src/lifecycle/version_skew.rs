//! A kubelet and an API server that were never meant to work together.

use finding::{Fix, Severity};
use model::kinds;

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::node_version;
use model::Kinds;

pub(crate) const CHECK: Check = Check {
    id: "version-skew",
    title: "Kubelet is too far from its API server",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    dimension: Dimension::Architecture,
    scope: Scope::Cluster,
    sees: &[kinds::POD],
    audience: Audience::Platform,
    frameworks: &[Nsa(check::Nsa::Upgrading), Owasp("K10")],
    effort: Hours(8),
    fix: Fix::Manual(
        "Upgrade the control plane first, then the nodes, within three minor versions",
    ),
    cel: Cel::Refused("nodes report their version to no admission"),
    run,
    ..Check::on(Kinds::of(&[kinds::NODE]), include_str!("version_skew.md"))
};

/// How many minor versions a kubelet may be older: three since 1.28, two before.
fn allowed(server: u32) -> u32 {
    if server >= 28 { 3 } else { 2 }
}

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let minors: Vec<u32> =
        node_version::api_servers(cx).iter().map(|server| server.release.minor).collect();
    let (Some(oldest), Some(newest)) = (minors.iter().min(), minors.iter().max()) else { return };
    for kubelet in node_version::kubelets(cx) {
        let minor = kubelet.release.minor;
        let message = if minor > *oldest {
            format!("{} runs 1.{minor}, newer than its API server (1.{oldest})", kubelet.name)
        } else if minor + allowed(*newest) < *newest {
            format!("{} runs 1.{minor}, too old for its API server (1.{newest})", kubelet.name)
        } else {
            continue;
        };
        out.push(CHECK.at(&kubelet.place, message));
    }
}
