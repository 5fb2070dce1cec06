//! An image name without a registry means what the node's runtime takes it for.

use finding::{Change, Fix, Severity};
use model::{Container, Kinds, Node, Workload};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};

pub(crate) const CHECK: Check = Check {
    id: "ambiguous-image-name",
    title: "Image name leaves its registry open",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Attack("T1195.002"), Owasp("K02")],
    peers: &[Peer::Trivy("KSV-0124")],
    effort: Hours(1),
    fix: Fix::Review("Write `docker.io/` in front, or the registry that is meant instead"),
    edit: Edit::By(mend),
    cel: Cel::Widened(
        "variables.containers.all(c, !has(c.image) \
         || c.image.matches('^([^/@]*[.:][^/@]*|localhost)/'))",
        "it takes blanks that are filled in later for images",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("ambiguous_image_name.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads() {
        let mut containers = workload.containers().filter(is_open);
        let Some(first) = containers.next() else { continue };
        let others = match containers.count() {
            0 => String::new(),
            1 => " and of one more container".to_owned(),
            many => format!(" and of {many} more containers"),
        };
        let name = first.name();
        let message = format!("the image of container {name}{others} names no registry");
        out.push(CHECK.at(&first.place("image"), message));
    }
}

fn is_open(container: &Container<'_>) -> bool {
    container.image().is_some_and(|image| image.registry.is_none())
}

/// Kubernetes takes an image without a registry for one of Docker Hub. One without a version is often
/// a mark for another program, which puts the image there.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let has_version =
        |it: &Container<'_>| it.image().is_some_and(|it| it.tag.is_some() || it.digest.is_some());
    let open = flaw.workload().into_iter().flat_map(Workload::containers).filter(is_open);
    let open = open.filter(has_version);
    open.filter_map(|it| it.node().get("image")).map(|it| name_in_full(it)).collect()
}

fn name_in_full(image: Node<'_>) -> Change {
    let name = image.text().split(['@', ':']).next().unwrap_or_default();
    let folder = if name.contains('/') { "" } else { "library/" };
    let full = format!("docker.io/{folder}{}", image.text());
    Change::set(image.path(), serde_json::json!(full).to_string())
}
