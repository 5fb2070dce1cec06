//! A pod that owns its node and that strangers may call: one flaw in it, and the node is theirs.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Workload};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::exposure;

pub(crate) const CHECK: Check = Check {
    id: "exposed-privileged-pod",
    title: "Pod that owns its node is reached from outside",
    severity: Severity::High,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: Kinds::WORKLOADS.built_in(),
    frameworks: &[Attack("T1190"), Attack("T1611"), Nsa(check::Nsa::PodSecurity), Owasp("K01")],
    peers: &[Peer::Kubescape("C-0256"), Peer::Kubescape("C-0266")],
    effort: Hours(8),
    fix: Fix::Review("Take the pod's hold on the node away, or lead callers to a pod without one"),
    cel: Cel::Refused("the Service, what leads to it and its pods must be seen together"),
    run,
    ..Check::on(exposure::DOORS, include_str!("exposed_privileged_pod.md"))
};

/// Folders of the node whose writer owns it.
const FOLDERS: &[&str] =
    &["/etc", "/etc/kubernetes", "/root", "/var/lib/kubelet", "/var/run", "/run", "/proc"];

/// Sockets of container runtimes: who speaks to one starts what he likes.
const SOCKETS: &[&str] = &["docker.sock", "containerd.sock", "crio.sock"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for way in exposure::ways(cx) {
        if let Some(hold) = hold(&way.workload) {
            let object = way.workload.object();
            let message = format!(
                "{} {} {hold}, and is reached through {}",
                object.kind(),
                object.name(),
                way.door.name()
            );
            out.push(CHECK.at(&way.place, message));
        }
    }
}

/// How the pods of a workload own their node, if they do.
fn hold(workload: &Workload<'_>) -> Option<&'static str> {
    if workload.containers().any(|container| container.security().is_privileged()) {
        return Some("runs privileged");
    }
    let host_process = workload.spec().at("securityContext.windowsOptions.hostProcess");
    if host_process.and_then(Node::as_bool) == Some(true) {
        return Some("runs as a process of its node");
    }
    if workload.flag("hostPID") {
        return Some("sees the processes of its node");
    }
    let volumes = workload.spec().get("volumes").into_iter().flat_map(Node::items);
    let mut paths = volumes.filter_map(|volume| volume.at("hostPath.path")?.as_str());
    paths.any(gives_the_node).then_some("mounts what gives its node away")
}

fn gives_the_node(path: &str) -> bool {
    let path = path.trim_end_matches('/');
    path.is_empty()
        || FOLDERS.contains(&path)
        || SOCKETS.iter().any(|socket| path.rsplit('/').next() == Some(socket))
}
