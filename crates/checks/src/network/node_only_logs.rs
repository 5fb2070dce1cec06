//! Logs that stay on the node are gone with the node, and whoever owns it may change them.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Container, Kinds, Role, Workload};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "node-only-logs",
    title: "Application writes its logs to its node alone",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Three,
    layer: Layer::Container,
    dimension: Dimension::Monitoring,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Logging), Owasp("K05")],
    effort: Hours(4),
    fix: Fix::Review("Log to standard output, or add a container that ships the files"),
    cel: Cel::Refused("CEL would have to follow mounts to volumes and to other containers"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("node_only_logs.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let is_meant =
        |it: &Workload<'_>| it.object().kind() != "DaemonSet" && it.namespace() != "kube-system";
    for workload in cx.workloads().filter(is_meant) {
        let containers: Vec<Container<'_>> = workload.containers().collect();
        for volume in workload.spec().get("volumes").into_iter().flat_map(Node::items) {
            let path = volume.at("hostPath.path").and_then(Node::as_str).unwrap_or_default();
            let Some(name) = volume.get("name").and_then(Node::as_text) else { continue };
            if !is_log_folder(path) || is_read(&containers, name) {
                continue;
            }
            let stays = |it: &&Container<'_>| it.role() != Role::Ephemeral;
            let mut staying = containers.iter().filter(stays);
            let mount = staying.find_map(|it| Some((it, mounts(it, name).next()?)));
            if let Some((container, mount)) = mount {
                let message = format!("{} writes its logs to {path} of its node", container.name());
                out.push(CHECK.at(&container.place_of(mount), message));
            }
        }
    }
}

fn is_log_folder(path: &str) -> bool {
    let mut parts = path.split('/').skip(1);
    path.starts_with("/var/log/") && path.len() > "/var/log/".len()
        || !path.starts_with("/var/log")
            && !path.starts_with("/dev/")
            && parts.any(|part| matches!(part, "log" | "logs"))
}

/// Whether a container only reads the folder: then it is there to ship what is in it.
fn is_read(containers: &[Container<'_>], name: &str) -> bool {
    containers
        .iter()
        .flat_map(|it| mounts(it, name))
        .any(|mount| mount.get("readOnly").and_then(Node::as_bool) == Some(true))
}

fn mounts<'a>(container: &Container<'a>, name: &str) -> impl Iterator<Item = Node<'a>> {
    let mounts = container.node().get("volumeMounts").into_iter().flat_map(Node::items);
    mounts.filter(move |it| it.get("name").and_then(Node::as_str) == Some(name))
}
