//! A debug container cannot be removed again: it stays until the pod is gone.

use finding::{Fix, Severity};
use model::{Kinds, Role, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

/// The only kind in which they mean anything: the API server drops them from templates.
const PODS: Kinds = Kinds::of(&[kinds::POD]);

pub(crate) const CHECK: Check = Check {
    id: "leftover-ephemeral-container",
    title: "Debug container is left in a pod",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Attack("T1609"), Owasp("K01")],
    effort: Hours(1),
    fix: Fix::Review("Delete the pod once it is understood; its controller makes a new one"),
    cel: Cel::Exact(
        "!has(variables.podSpec.ephemeralContainers) || \
         size(variables.podSpec.ephemeralContainers) == 0",
    ),
    run,
    ..Check::on(PODS, include_str!("leftover_ephemeral_container.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let pods = cx.workloads().filter(|it| PODS.contains(it.object().group(), it.object().kind()));
    for workload in pods {
        let left = workload.containers().filter(|container| container.role() == Role::Ephemeral);
        let names: Vec<&str> = left.map(|container| container.name()).collect();
        if !names.is_empty() {
            let message =
                format!("somebody debugged this pod, and left {} in it", names.join(", "));
            out.push(CHECK.at(&workload.place("ephemeralContainers"), message));
        }
    }
}
