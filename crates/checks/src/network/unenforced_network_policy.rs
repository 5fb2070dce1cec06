//! A network plugin that ignores policies leaves every pod open, however many policies there are.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Container, Image, Kinds};

use crate::check::Framework::{Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "unenforced-network-policy",
    title: "Network plugin ignores network policies",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: Kinds::WORKLOADS.built_in(),
    audience: Audience::Platform,
    frameworks: &[Cis("5.3.1"), Nsa(check::Nsa::Network), Owasp("K07")],
    peers: &[Peer::Kubescape("C-0205"), Peer::Kubescape("C-0230"), Peer::Kubescape("C-0240")],
    effort: Hours(16),
    fix: Fix::Review("Turn policy enforcement of the plugin on, or add a component that enforces"),
    cel: Cel::Refused("all network components of the cluster must be seen together"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unenforced_network_policy.md"))
};

/// Plugins that make networks and leave policies to others.
const MAKERS: &[&str] = &["flannel", "flannel-amd64", "mirrored-flannel-flannel"];

/// Parts of the names of images that enforce policies.
const ENFORCERS: &[&str] = &[
    "antrea",
    "calico",
    "canal",
    "cilium",
    "kube-network-policies",
    "kube-router",
    "ovn",
    "romana",
    "weave-npc",
];

/// The agent of Amazon's plugin, and the flag that makes it enforce.
const AMAZON: (&str, &str) = ("aws-network-policy-agent", "--enable-network-policy");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let enforces = |container: &Container<'_>| {
        let image = image(container);
        ENFORCERS.iter().any(|known| image.repository.contains(known))
    };
    if cx.containers().any(|container| enforces(&container)) {
        return;
    }
    for container in cx.containers().filter(|it| it.role() == model::Role::Main) {
        let name = image(&container).name();
        let message = if MAKERS.contains(&name) {
            "flannel enforces no network policy, and nothing in view does it in its place"
        } else if name == AMAZON.0 && is_off(&container) {
            "the agent that enforces network policies is switched off"
        } else {
            continue;
        };
        out.push(CHECK.at(&container.place("image"), message));
    }
}

fn image<'a>(container: &Container<'a>) -> Image<'a> {
    Image::parse(container.node().get("image").and_then(Node::as_str).unwrap_or_default())
}

fn is_off(container: &Container<'_>) -> bool {
    let words = ["command", "args"].into_iter().filter_map(|list| container.node().get(list));
    let given = words.flat_map(Node::strings).find_map(|it| it.strip_prefix(AMAZON.1));
    given == Some("=false")
}
