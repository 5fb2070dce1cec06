//! Group 0 owns much of an image and of a node; few programs need it.

use finding::{Fix, Severity};
use model::{Context, Kinds, Node, Workload};

use crate::check::Framework::{Cis, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "root-group",
    title: "Group 0 is given to a container",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Cis("5.7.3"), Owasp("K01")],
    peers: &[Peer::KubeScore("container-security-context-user-group-id"), Peer::Trivy("KSV-0116")],
    effort: Hours(1),
    fix: Fix::Review("Set a group above zero"),
    cel: Cel::Refused(
        "whose user holds for a group is told by the container and by its pod together",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("root_group.md"))
};

const FIELDS: [&str; 2] = ["runAsGroup", "fsGroup"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    // Beside root itself its group does not matter, and root is found by itself.
    for context in cx.workloads().flat_map(Workload::contexts).filter(|it| !is_of_root(it)) {
        let groups = context.get("supplementalGroups").into_iter().flat_map(Node::items);
        let given = FIELDS.into_iter().filter_map(|field| context.get(field)).chain(groups);
        for group in given.filter(|it| it.as_i64() == Some(0)) {
            let field = if group.key().is_empty() { "supplementalGroups" } else { group.key() };
            let message = format!("{} is given group 0 by {field}", context.whose());
            out.push(CHECK.at(&context.place_of(group), message));
        }
    }
}

fn is_of_root(context: &Context<'_>) -> bool {
    let own = context.get("runAsUser").and_then(Node::as_i64);
    let user = || context.container()?.security().run_as_user().map(|user| user.value);
    own.or_else(user) == Some(0)
}
