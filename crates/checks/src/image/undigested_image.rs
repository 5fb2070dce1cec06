//! A version tag is a promise; a digest is the thing itself.

use finding::{Fix, Severity};
use model::{Container, Kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "undigested-image",
    title: "Image is not pinned by digest",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Attack("T1195.002"), Nsa(check::Nsa::PodSecurity), Owasp("K02")],
    peers: &[Peer::Checkov("CKV_K8S_43"), Peer::Kubescape("C-0304"), Peer::Kubescape("C-0306")],
    effort: Hours(2),
    fix: Fix::Review("Let the pipeline write the digest behind the tag"),
    cel: Cel::Widened(
        "variables.containers.all(c, !has(c.image) || c.image.contains('@'))",
        "it also denies tags that move, which mutable-tag finds, blanks that are filled in later, \
         and what Knative pins by itself",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("undigested_image.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads().filter(|workload| !workload.resolves_tags()) {
        let mut containers = workload.containers().filter(is_loose);
        let Some(first) = containers.next() else { continue };
        let others = match containers.count() {
            0 => String::new(),
            1 => " and of one more container".to_owned(),
            many => format!(" and of {many} more containers"),
        };
        let name = first.name();
        let message = format!("the image of container {name}{others} has a tag, but no digest");
        out.push(CHECK.at(&first.place("image"), message));
    }
}

/// What has no version at all is found by another check.
fn is_loose(container: &Container<'_>) -> bool {
    container.image().is_some_and(|image| image.digest.is_none() && !image.names_no_version())
}
