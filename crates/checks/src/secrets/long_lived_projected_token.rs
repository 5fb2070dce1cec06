//! A token for days outlives the theft of it.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, Workload};

use crate::check::Framework::{Attack, Nsa};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "long-lived-projected-token",
    title: "Mounted token is valid for more than a day",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Attack("T1528"), Nsa(check::Nsa::Access)],
    effort: Hours(1),
    fix: Fix::Review("Set `expirationSeconds` to an hour; the kubelet renews the token by itself"),
    edit: Edit::Set("3600"),
    cel: Cel::Exact(
        "!has(variables.podSpec.volumes) || variables.podSpec.volumes.all(v, \
         !has(v.projected) || !has(v.projected.sources) || v.projected.sources.all(s, \
         !has(s.serviceAccountToken) || !has(s.serviceAccountToken.expirationSeconds) \
         || s.serviceAccountToken.expirationSeconds <= 86400))",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("long_lived_projected_token.md"))
};

const DAY: i64 = 24 * 60 * 60;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads() {
        for (volume, seconds) in lifetimes(workload) {
            let Some(lifetime) = seconds.as_i64().filter(|lifetime| *lifetime > DAY) else {
                continue;
            };
            let hours = lifetime / 3600;
            let message = format!("the token in volume {volume} is valid for {hours} hours");
            out.push(CHECK.at(&Place::of(workload.object(), seconds), message));
        }
    }
}

/// The names of volumes with tokens, and how long each token is asked for.
fn lifetimes(workload: Workload<'_>) -> impl Iterator<Item = (&str, Node<'_>)> {
    let volumes = workload.spec().get("volumes").into_iter().flat_map(Node::items);
    volumes.flat_map(|volume| {
        let name = volume.get("name").and_then(Node::as_text).unwrap_or("(no name)");
        let sources = volume.at("projected.sources").into_iter().flat_map(Node::items);
        sources.filter_map(move |source| {
            Some((name, source.at("serviceAccountToken.expirationSeconds")?))
        })
    })
}
