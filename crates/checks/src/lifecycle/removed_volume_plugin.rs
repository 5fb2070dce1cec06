//! A volume that no kubelet knows how to mount any more.

use finding::{Fix, Severity};
use model::tree::{Node, Type};
use model::{Kinds, Place, kinds};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::volume_plugin;

pub(crate) const CHECK: Check = Check {
    id: "removed-volume-plugin",
    title: "Volume needs a plugin that is gone",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Storage,
    scope: Scope::Object,
    sees: &[kinds::PERSISTENT_VOLUME, kinds::POD],
    frameworks: &[Nsa(check::Nsa::Upgrading), Owasp("K10")],
    effort: Hours(16),
    fix: Fix::Manual("Move the data to a volume of a CSI driver for the same storage"),
    cel: Cel::Refused("which plugins are gone depends on the version of the nodes"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("removed_volume_plugin.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads() {
        let volumes = workload.spec().get("volumes").into_iter().flat_map(Node::items);
        for (source, since) in volumes.filter_map(|volume| gone(cx, volume)) {
            let message = message(source, since);
            out.push(CHECK.at(&Place::of(workload.object(), source), message));
        }
    }
    for volume in cx.inventory().of(kinds::PERSISTENT_VOLUME) {
        if let Some((source, since)) = volume.get("spec").and_then(|spec| gone(cx, spec)) {
            out.push(CHECK.at(&Place::of(volume, source), message(source, since)));
        }
    }
}

fn gone<'a>(cx: &Cx<'_>, volume: Node<'a>) -> Option<(Node<'a>, u32)> {
    volume_plugin::gone(cx.kubernetes()).find_map(|(key, since)| {
        let source = volume.get(key).filter(|source| source.kind() == Type::Map)?;
        Some((source, since))
    })
}

fn message(source: Node<'_>, since: u32) -> String {
    format!("no kubelet mounts a {} volume since 1.{since}", source.key())
}
