//! A tag that moves and an image that is not asked for again: each node runs what it once saw.

use finding::{Fix, Severity};
use model::Kinds;
use model::tree::Node;

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "stale-image",
    title: "Image moves, and nodes keep the old one",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::PodSecurity), Owasp("K02")],
    peers: &[
        Peer::Checkov("CKV_K8S_15"),
        Peer::KubeScore("container-image-pull-policy"),
        Peer::Kubescape("C-0075"),
        Peer::Polaris("pullPolicyNotAlways"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Set `imagePullPolicy: Always`, or name a version of the image"),
    edit: Edit::Set("\"Always\""),
    cel: Cel::Widened(
        "variables.containers.all(c, !has(c.image) || c.image.contains('@') \
         || has(c.imagePullPolicy) && c.imagePullPolicy in ['Always', 'Never'] \
         || !has(c.imagePullPolicy) \
            && (!c.image.matches(':[^/:]+$') || c.image.endsWith(':latest')) \
         || c.image.matches(':[^/:]*[0-9][^/:]*$') \
            && !c.image.matches('[-_.:]latest$') && !c.image.matches(':latest[-_.]'))",
        "it takes blanks that are filled in later for images, and Knative for any controller",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("stale_image.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers().filter(|it| !it.workload().resolves_tags()) {
        let Some(image) = container.image().filter(|image| image.moves()) else { continue };
        let says = container.node().get("imagePullPolicy").and_then(Node::as_text);
        let (name, of) = (image.name(), container.name());
        let why = match says {
            Some("IfNotPresent") => "is pulled only where it is missing",
            // What the API server fills in.
            None if image.tag.is_some_and(|tag| tag != "latest") => {
                "is by default pulled only where it is missing"
            }
            _ => continue,
        };
        let message = format!("what image {name} of container {of} means moves, but it {why}");
        out.push(CHECK.at(&container.place("imagePullPolicy"), message));
    }
}
