//! Without a user namespace, user 0 in the container is user 0 outside.

use finding::{Fix, Severity};
use model::workload::Os;
use model::{Container, Kinds, Workload};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings, Version};
use crate::edit::Edit;
use crate::reading::capability::breaks_node;

pub(crate) const CHECK: Check = Check {
    id: "root-without-user-namespace",
    title: "Root of a container is root of the node",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Attack("T1611"), Nsa(check::Nsa::PodSecurity), Owasp("K01")],
    effort: Hours(2),
    fix: Fix::Review("Set `hostUsers: false`, where the nodes know user namespaces"),
    edit: Edit::Set("false"),
    cel: Cel::Refused("which capability reaches the node depends on how its name is spelled"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("root_without_user_namespace.md"))
};

/// The first version where nodes know user namespaces unless somebody switched them off.
const OFFERED_SINCE: Version = Version { minor: 33 };

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if cx.kubernetes() < OFFERED_SINCE {
        return;
    }
    for workload in cx.workloads().filter(may_have_one) {
        let mut powerful = workload.containers().filter(is_powerful);
        if let Some(container) = powerful.next() {
            let name = container.name();
            let message = format!("container {name} has root's powers, on the node's own user ids");
            out.push(CHECK.at(&workload.place("hostUsers"), message));
        }
    }
}

/// Whether a user namespace is missing and could be had: not on the namespaces of the node, and
/// with none of its files.
fn may_have_one(workload: &Workload<'_>) -> bool {
    let on_node = ["hostNetwork", "hostPID", "hostIPC"].iter().any(|field| workload.flag(field));
    let with_files = workload.volumes().any(|volume| volume.host_path().is_some());
    let privileged = workload.containers().any(|container| container.security().is_privileged());
    workload.os() == Os::Linux
        && !on_node
        && !workload.has_own_users()
        && !with_files
        && !privileged
}

/// Root because somebody asked for it, or with a capability that reaches the node.
fn is_powerful(container: &Container<'_>) -> bool {
    let security = container.security();
    let asks_for_root = security.may_be_root() && security.run_as_user().is_some();
    asks_for_root || container.added_capabilities().any(|it| breaks_node(container, it))
}
