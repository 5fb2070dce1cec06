//! A pod with the priority of the system pushes others from their nodes.

use finding::{Fix, Severity};
use model::Kinds;
use model::tree::Node;

use crate::check::Framework::Attack;
use crate::check::{Cel, Check, Hours, Layer, Parameter, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "system-priority",
    title: "Application has the priority of the system",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    parameters: &[Parameter {
        name: "exempt-namespaces",
        default: &["kube-system"],
        about: "Namespaces whose pods belong to the system.",
    }],
    frameworks: &[Attack("T1499")],
    effort: Hours(1),
    fix: Fix::Review("Name a PriorityClass of your own"),
    cel: Cel::Exact(
        "has(object.metadata.namespace) && object.metadata.namespace == 'kube-system' \
         || !has(variables.podSpec.priorityClassName) \
         || !(variables.podSpec.priorityClassName \
         in ['system-cluster-critical', 'system-node-critical']) \
         || object.kind == 'DaemonSet'",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("system_priority.md"))
};

const FIELD: &str = "priorityClassName";

const CLASSES: [&str; 2] = ["system-cluster-critical", "system-node-critical"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let exempt = CHECK.words(cx, "exempt-namespaces");
    for workload in cx.workloads().filter(|it| !exempt.contains(&it.namespace())) {
        let class = workload.spec().get(FIELD).and_then(Node::as_str);
        // What every node needs, such as its network, is on every node.
        if workload.object().kind() == "DaemonSet" {
            continue;
        }
        if let Some(class) = class.filter(|it| CLASSES.contains(it)) {
            let message = format!("{class} pushes every pod of an application from a full node");
            out.push(CHECK.at(&workload.place(FIELD), message));
        }
    }
}
