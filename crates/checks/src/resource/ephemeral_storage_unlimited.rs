//! A scratch directory without a bound fills the disk of its node.

use finding::{Fix, Severity};
use model::tree::{Node, Type};
use model::{Kinds, Place, Workload, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::allowance::{Allowances, is_some_amount};

pub(crate) const CHECK: Check = Check {
    id: "ephemeral-storage-unlimited",
    title: "Scratch directory may fill the disk of its node",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Storage,
    scope: Scope::Namespace,
    sees: &[kinds::LIMIT_RANGE],
    peers: &[Peer::KubeScore("container-ephemeral-storage-request-and-limit")],
    effort: Hours(1),
    fix: Fix::Review("Set `sizeLimit` on the volume, or `limits.ephemeral-storage` on a container"),
    cel: Cel::Refused("a LimitRange of the namespace may give the limit"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("ephemeral_storage_unlimited.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let allowances = Allowances::of(cx);
    for workload in cx.workloads() {
        let Some((name, volume)) = unlimited(workload) else { continue };
        // The limits of containers are added up and hold for the scratch directories of the pod.
        if !workload.containers().any(|it| allowances.is_limited(&it, "ephemeral-storage")) {
            let message = format!("volume {name} may grow until the disk of the node is full");
            out.push(CHECK.at(&Place::of(workload.object(), volume), message));
        }
    }
}

/// The first scratch directory on disk without a bound.
fn unlimited(workload: Workload<'_>) -> Option<(&str, Node<'_>)> {
    let volumes = workload.spec().get("volumes").into_iter().flat_map(Node::items);
    let mut unlimited = volumes.filter_map(|volume| {
        let directory =
            volume.get("emptyDir").filter(|it| matches!(it.kind(), Type::Map | Type::Null))?;
        // A volume whose kind is null is a scratch directory, too.
        let medium = directory.get("medium").and_then(Node::as_text);
        let bound = directory.get("sizeLimit").filter(|it| it.kind() != Type::Null);
        let name = volume.get("name").and_then(Node::as_text).unwrap_or("(no name)");
        let is_for_sockets = name.contains("sock");
        (!is_for_sockets && medium.is_none() && !bound.is_some_and(is_some_amount))
            .then_some((name, directory))
    });
    unlimited.next()
}
