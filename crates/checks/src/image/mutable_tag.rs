//! An image under a tag that moves is a different program tomorrow.

use finding::{Finding, Fix, Severity};
use model::{Container, Image, Kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "mutable-tag",
    title: "Image has no version",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Attack("T1195.002"), Nsa(check::Nsa::PodSecurity), Owasp("K02")],
    peers: &[
        Peer::Checkov("CKV_K8S_14"),
        Peer::KubeLinter("latest-tag"),
        Peer::KubeScore("container-image-tag"),
        Peer::Kubescape("C-0075"),
        Peer::Polaris("tagNotSpecified"),
        Peer::Trivy("KSV-0013"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Name the version that is meant, best with its digest"),
    cel: Cel::Widened(
        "variables.containers.all(c, !has(c.image) || c.image.contains('@') \
         || c.image.matches(':[^/:]*[0-9][^/:]*$') \
         && !c.image.matches('[-_.:]latest$') && !c.image.matches(':latest[-_.]'))",
        "it takes blanks that are filled in later for images, and Knative for any controller",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("mutable_tag.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers().filter(|it| !it.workload().resolves_tags()) {
        if let Some(image) = container.image().filter(|image| image.names_no_version()) {
            let severity = if image.moves() { CHECK.severity } else { Severity::Low };
            let message = message(&container, image);
            out.push(Finding { severity, ..CHECK.at(&container.place("image"), message) });
        }
    }
}

fn message(container: &Container<'_>, image: Image<'_>) -> String {
    let (name, of) = (image.name(), container.name());
    match image.tag {
        None => format!("image {name} of container {of} has no tag, so whatever is latest runs"),
        Some(tag) if image.moves() => {
            format!("image {name} of container {of} has tag {tag}, which moves")
        }
        Some(tag) => format!("image {name} of container {of} has tag {tag}, which is no version"),
    }
}
