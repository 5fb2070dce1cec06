//! A program that holds a part of the cluster, and that nobody mends any more.

use finding::{Fix, Severity};
use jiff::civil::Date;
use model::{Image, Kinds, Node};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "retired-component",
    title: "Part of the cluster is retired",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1190"), Nsa(check::Nsa::Upgrading), Owasp("K10")],
    effort: Hours(40),
    fix: Fix::Manual("Move to a successor that is kept"),
    cel: Cel::Refused("it asks what day it is"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("retired_component.md"))
};

/// Something retired: the last parts of its repository, what it is, since when, and who follows.
struct Retired {
    image: &'static str,
    name: &'static str,
    since: (i16, i8),
    instead: &'static str,
}

const fn retired(
    image: &'static str,
    name: &'static str,
    since: (i16, i8),
    instead: &'static str,
) -> Retired {
    Retired { image, name, since, instead }
}

#[rustfmt::skip] // one line each
const RETIRED: &[Retired] = &[
    retired("heapster-amd64", "Heapster", (2018, 12), "metrics-server"),
    retired("kaniko-project/executor", "kaniko", (2025, 6), "BuildKit or Buildah"),
    retired("kubebuilder/kube-rbac-proxy", "this copy of kube-rbac-proxy", (2025, 3), "the sign-in of controller-runtime"),
    retired("openservicemesh/osm-controller", "Open Service Mesh", (2023, 7), "another mesh"),
    retired("weaveworks/weave-kube", "Weave Net", (2024, 6), "another network plugin"),
    retired("weaveworks/weave-npc", "Weave Net", (2024, 6), "another network plugin"),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers() {
        let image = container.node().get("image").and_then(Node::as_text);
        let Some(image) = image.map(Image::parse) else { continue };
        let is = |it: &&Retired| image.is_from(it.image) && is_over(it.since, cx.today());
        let Some(Retired { name, since: (year, month), instead, .. }) = RETIRED.iter().find(is)
        else {
            continue;
        };
        let message = format!("{name} has been retired since {year}-{month:02}; use {instead}");
        out.push(CHECK.at(&container.place("image"), message));
    }
}

/// Whether the month in which something was retired is over.
fn is_over(since: (i16, i8), today: Date) -> bool {
    (today.year(), today.month()) > since
}
