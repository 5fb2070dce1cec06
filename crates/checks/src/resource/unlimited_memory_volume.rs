//! A directory in memory without a bound takes the memory of the node.

use finding::{Fix, Severity};
use model::tree::{Node, Type};
use model::{Container, Kinds, Place, Role, Workload, kinds};

use crate::check::Framework::{Attack, Nsa};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::allowance::{Allowances, is_some_amount};

pub(crate) const CHECK: Check = Check {
    id: "unlimited-memory-volume",
    title: "Directory in memory may take the memory of its node",
    severity: Severity::Medium,
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
        let lacks = |it: &Container<'_>| {
            it.role() != Role::Ephemeral && !allowances.is_limited(it, "memory")
        };
        let Some(container) = workload.containers().find(lacks) else { continue };
        for (name, directory) in unlimited(workload) {
            let message = format!(
                "volume {name} holds as much memory as the node has: it has no sizeLimit, and \
                 container {} no memory limit",
                container.name()
            );
            out.push(CHECK.at(&Place::of(workload.object(), directory), message));
        }
    }
}

fn unlimited(workload: Workload<'_>) -> impl Iterator<Item = (&str, Node<'_>)> {
    let volumes = workload.spec().get("volumes").into_iter().flat_map(Node::items);
    volumes.filter_map(|volume| {
        let directory = volume.get("emptyDir").filter(|it| it.kind() == Type::Map)?;
        let in_memory = directory.get("medium").and_then(Node::as_str) == Some("Memory");
        let bound = directory.get("sizeLimit").filter(|it| it.kind() != Type::Null);
        let name = volume.get("name").and_then(Node::as_text).unwrap_or("(no name)");
        (in_memory && !bound.is_some_and(is_some_amount)).then_some((name, directory))
    })
}
