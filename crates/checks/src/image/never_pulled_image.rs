//! An image that is never pulled is whatever somebody put on the node under its name.

use finding::{Fix, Severity};
use model::Kinds;
use model::tree::Node;

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "never-pulled-image",
    title: "Image is taken from the node, never from its registry",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Attack("T1525"), Owasp("K02")],
    peers: &[
        Peer::Checkov("CKV_K8S_15"),
        Peer::KubeScore("container-image-pull-policy"),
        Peer::Kubescape("C-0075"),
        Peer::Polaris("pullPolicyNotAlways"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Push the image to a registry and set `imagePullPolicy: IfNotPresent`"),
    edit: Edit::Set("\"IfNotPresent\""),
    cel: Cel::Widened(
        "variables.containers.all(c, \
         !(has(c.imagePullPolicy) && c.imagePullPolicy == 'Never') \
         || has(c.image) && c.image.contains('@'))",
        "it takes blanks that are filled in later for images",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("never_pulled_image.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers() {
        let says = container.node().get("imagePullPolicy").and_then(Node::as_str);
        let Some(image) = container.image().filter(|image| image.digest.is_none()) else {
            continue;
        };
        if says == Some("Never") {
            let (name, of) = (image.name(), container.name());
            let message = format!(
                "container {of} runs whatever its node holds under the name {name}, and never asks \
                 the registry"
            );
            out.push(CHECK.at(&container.place("imagePullPolicy"), message));
        }
    }
}
