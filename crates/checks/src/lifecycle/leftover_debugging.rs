//! What somebody used to look into a pod or a node, and left there.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Role, Workload};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "leftover-debugging",
    title: "Way into a node or pod was left behind",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Attack("T1609"), Attack("T1611"), Nsa(check::Nsa::PodSecurity), Owasp("K01")],
    effort: Hours(1),
    fix: Fix::Review("Delete the pod; its controller, if it has one, makes a clean one"),
    cel: Cel::Widened(
        "object.kind != 'Pod' \
         || !(has(object.spec) && has(object.spec.ephemeralContainers) \
              && object.spec.ephemeralContainers.size() > 0) \
         && !(has(object.metadata.name) && object.metadata.name.startsWith('node-debugger-'))",
        "it denies a pod by its name alone",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("leftover_debugging.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads().filter(|it| it.object().kind() == "Pod") {
        let name = workload.object().name();
        if is_node_debugger(&workload) {
            let message = format!("pod {name}, made to debug a node, still holds that node open");
            out.push(CHECK.at(&workload.place("volumes"), message));
        }
        let mut debuggers = workload.containers().filter(|it| it.role() == Role::Ephemeral);
        if let Some(container) = debuggers.next() {
            let message = format!("pod {name} still holds {}, made to debug it", container.name());
            let mut finding = CHECK.at(&container.place("name"), message);
            finding.severity = Severity::Low;
            out.push(finding);
        }
    }
}

/// As `kubectl debug node/…` makes it: by that name, with the whole disk of the node.
fn is_node_debugger(workload: &Workload<'_>) -> bool {
    let volumes = workload.spec().get("volumes").into_iter().flat_map(Node::items);
    let mut paths = volumes.filter_map(|it| it.at("hostPath.path")).filter_map(Node::as_str);
    workload.object().name().starts_with("node-debugger-") && paths.any(|path| path == "/")
}
