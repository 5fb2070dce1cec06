//! A directory in memory without a bound takes the memory of the node.

use finding::{Fix, Severity};
use model::tree::{Node, Type};
use model::volume::{Mount, Volume};
use model::{Kinds, Place, Role, kinds};

use crate::check::Framework::{Attack, Nsa};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::allowance::{Allowances, is_some_amount};

pub(crate) const CHECK: Check = Check {
    id: "unlimited-memory-volume",
    title: "Directory in memory may take the memory of its node",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Container,
    scope: Scope::Namespace,
    sees: &[kinds::LIMIT_RANGE],
    frameworks: &[Attack("T1499"), Nsa(check::Nsa::Network)],
    effort: Hours(1),
    fix: Fix::Review("Set `sizeLimit` on the volume"),
    cel: Cel::Refused("a LimitRange of the namespace may limit the memory of the pod"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unlimited_memory_volume.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let allowances = Allowances::of(cx);
    for workload in cx.workloads() {
        for (volume, directory) in workload.volumes().filter_map(unlimited) {
            // What is written there counts as memory of the container that wrote it.
            let fills = |it: &Mount<'_>| {
                let container = it.container;
                let stays = container.role() != Role::Ephemeral;
                stays && it.is_writable() && !allowances.is_limited(&container, "memory")
            };
            let Some(Mount { container, .. }) = volume.mounts().find(fills) else { continue };
            let message = format!(
                "volume {} may hold as much memory as the node has: it has no sizeLimit, and \
                 container {}, which writes there, no memory limit",
                volume.name(),
                container.name()
            );
            out.push(CHECK.at(&Place::of(workload.object(), directory), message));
        }
    }
}

fn unlimited(volume: Volume<'_>) -> Option<(Volume<'_>, Node<'_>)> {
    let directory = volume.source("emptyDir")?;
    let in_memory = directory.get("medium").and_then(Node::as_str) == Some("Memory");
    let bound = directory.get("sizeLimit").filter(|it| it.kind() != Type::Null);
    (in_memory && !bound.is_some_and(is_some_amount)).then_some((volume, directory))
}
