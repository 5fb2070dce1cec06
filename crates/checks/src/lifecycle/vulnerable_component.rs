//! A part of the cluster in a version with a hole that everybody knows.

use std::collections::BTreeMap;

use finding::{Confidence, Fix, Severity};
use model::{Image, Kinds, Place, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::advisory::{ADVISORIES, Advisory, Program};
use crate::reading::node_version;
use crate::reading::release::Release;

pub(crate) const CHECK: Check = Check {
    id: "vulnerable-component",
    title: "Part of the cluster has a well-known hole",
    severity: Severity::High,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: &[kinds::NODE, kinds::POD],
    audience: Audience::Platform,
    frameworks: &[Attack("T1190"), Attack("T1611"), Nsa(check::Nsa::Upgrading), Owasp("K10")],
    peers: &[
        Peer::Kubescape("C-0079"),
        Peer::Kubescape("C-0081"),
        Peer::Kubescape("C-0087"),
        Peer::Kubescape("C-0089"),
        Peer::Kubescape("C-0090"),
        Peer::Kubescape("C-0091"),
    ],
    effort: Hours(4),
    fix: Fix::Review("Upgrade to a version in which the hole is mended"),
    cel: Cel::Refused("it compares versions line by line, which CEL cannot do in every release"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("vulnerable_component.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers() {
        let image = container.node().get("image").and_then(model::Node::as_text);
        let Some(image) = image.map(Image::parse) else { continue };
        let Some(release) = image.tag.and_then(Release::parse) else { continue };
        let found = known(release, |program| is_of(image, program));
        report(&found, image.name(), release, (&container.place("image"), 0), out);
    }
    for (kind, seen) in seen_on_nodes(cx) {
        report(&seen.found, kind.name, seen.release, (&seen.place, seen.more), out);
    }
}

/// What nodes run, by what tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Running<'a> {
    name: &'static str,
    version: &'a str,
    windows: bool,
}

/// The first node that runs something, and how many more do.
struct Seen<'a> {
    found: Vec<&'static Advisory>,
    release: Release,
    place: Place<'a>,
    more: usize,
}

fn seen_on_nodes<'a>(cx: &Cx<'a>) -> BTreeMap<Running<'a>, Seen<'a>> {
    let mut seen: BTreeMap<Running<'a>, Seen<'a>> = BTreeMap::new();
    for node in cx.inventory().of(kinds::NODE) {
        let system = node_version::of_node(node, "operatingSystem").map(|(text, _)| text);
        let windows = system == Some("windows");
        for (field, name) in FIELDS {
            let Some((text, place)) = node_version::of_node(node, field) else { continue };
            let Some(release) = version(field, text) else { continue };
            let kind = Running { name, version: text, windows };
            let found = || known(release, |program| runs(kind, field, program));
            seen.entry(kind).and_modify(|it| it.more += 1).or_insert_with(|| Seen {
                found: found(),
                release,
                place,
                more: 0,
            });
        }
    }
    seen
}

/// What a node tells of itself, and what that is called.
const FIELDS: [(&str, &str); 3] = [
    ("containerRuntimeVersion", "the container runtime"),
    ("kernelVersion", "the kernel"),
    ("kubeletVersion", "the kubelet"),
];

fn known(release: Release, concerns: impl Fn(Program) -> bool) -> Vec<&'static Advisory> {
    ADVISORIES.iter().filter(|it| concerns(it.program) && it.affects(release)).collect()
}

fn is_of(image: Image<'_>, program: Program) -> bool {
    let Program::Image(ends) = program else { return false };
    ends.iter().any(|end| image.is_from(end))
}

fn runs(kind: Running<'_>, field: &str, program: Program) -> bool {
    match program {
        Program::Image(_) => false,
        Program::Kubelet => field == "kubeletVersion" && !kind.windows,
        Program::WindowsKubelet => field == "kubeletVersion" && kind.windows,
        Program::Kernel => field == "kernelVersion" && !kind.windows,
        Program::Runtime(scheme) => {
            kind.version.strip_prefix(scheme).is_some_and(|rest| rest.starts_with("://"))
        }
    }
}

/// A kernel whose third number is 0 is a distributor's, who mends it under numbers of its own.
fn version(field: &str, text: &str) -> Option<Release> {
    match field {
        "containerRuntimeVersion" => Release::parse(text.split_once("://")?.1),
        "kernelVersion" => Release::parse(text).filter(|release| release.patch > 0),
        _ => Release::parse(text),
    }
}

fn report(
    found: &[&Advisory],
    name: &str,
    release: Release,
    (place, more): (&Place<'_>, usize),
    out: &mut Findings,
) {
    let Some(worst) = found.iter().max_by_key(|it| it.severity) else { return };
    let ids: Vec<&str> = found.iter().map(|it| it.id).collect();
    let nodes = if more > 0 { format!(" (and on {more} more nodes)") } else { String::new() };
    let message = format!("{name} {release}{nodes} has {}: it {}", ids.join(", "), worst.lets);
    let mut finding = CHECK.at(place, message);
    finding.severity = worst.severity;
    if worst.program == Program::Kernel {
        finding.confidence = Confidence::Heuristic;
    }
    out.push(finding);
}
