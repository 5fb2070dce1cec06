//! A persistent volume that is a path of the node carries the node's files past every policy on
//! pods.

use finding::{Fix, Severity};
use model::{Kinds, Place, Type, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "persistent-volume-on-node",
    title: "Persistent volume is a path of the node",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1611"), Nsa(check::Nsa::PodSecurity), Owasp("K01")],
    effort: Hours(4),
    fix: Fix::Manual("Use a `local` volume with a disk of its own, or a storage driver"),
    cel: Cel::Exact(
        "!has(object.spec.hostPath) || object.spec.hostPath == null \
         || has(object.metadata.annotations) \
         && 'pv.kubernetes.io/provisioned-by' in object.metadata.annotations",
    ),
    run,
    ..Check::on(
        Kinds::of(&[kinds::PERSISTENT_VOLUME]),
        include_str!("persistent_volume_on_node.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for volume in cx.inventory().of(kinds::PERSISTENT_VOLUME) {
        let Some(path) = volume.get("spec.hostPath").filter(|it| it.kind() != Type::Null) else {
            continue;
        };
        if volume.annotation("pv.kubernetes.io/provisioned-by").is_some() {
            continue;
        }
        let place = path.get("path").unwrap_or(path);
        let message = format!(
            "whoever claims it mounts {} of the node, past every policy on the volumes of pods",
            path.get("path").map_or("a path", model::Node::text)
        );
        out.push(CHECK.at(&Place::of(volume, place), message));
    }
}
