//! Tiller does whatever anybody tells it, with rights that are seldom less than all.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Image, Kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "tiller",
    title: "Tiller of Helm 2 runs in the cluster",
    severity: Severity::High,
    confidence: Confidence::Config,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1609"), Owasp("K10")],
    peers: &[
        Peer::Checkov("CKV_K8S_34"),
        Peer::Checkov("CKV_K8S_44"),
        Peer::Checkov("CKV_K8S_45"),
        Peer::Trivy("KSV-0102"),
    ],
    effort: Hours(16),
    fix: Fix::Manual("Move the releases to Helm 3 or later and delete Tiller with its Service"),
    cel: Cel::Exact(
        "variables.containers.all(it, !has(it.image) || !it.image.matches('(^|/)tiller([:@]|$)'))",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("tiller.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers() {
        let image = container.node().get("image").and_then(Node::as_str);
        if image.is_some_and(|image| Image::parse(image).name() == "tiller") {
            let message = "Tiller installs whatever any pod tells it to, with its own rights";
            out.push(CHECK.at(&container.place("image"), message));
        }
    }
}
