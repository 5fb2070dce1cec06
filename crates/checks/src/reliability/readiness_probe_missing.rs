//! A Service sends requests to a pod that is not ready for them.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Workload, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::allowance::stays;
use crate::reading::controller::is_endless;
use crate::reading::observed::is_observed_only;
use crate::reading::probe;

pub(crate) const CHECK: Check = Check {
    id: "readiness-probe-missing",
    title: "Requests reach pods that are not ready",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Monitoring,
    scope: Scope::Namespace,
    sees: &[kinds::SERVICE],
    peers: &[
        Peer::Checkov("CKV_K8S_9"),
        Peer::KubeLinter("no-readiness-probe"),
        Peer::KubeScore("pod-probes"),
        Peer::Kubescape("C-0018"),
        Peer::Polaris("readinessProbeMissing"),
    ],
    effort: Hours(4),
    fix: Fix::Manual("Add a readiness probe that tells when the program can answer"),
    cel: Cel::Refused("whether anybody is sent to a pod stands in Services"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("readiness_probe_missing.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let services = cx.services();
    for workload in cx.workloads().filter(|it| is_endless(*it)) {
        let service =
            services.selecting(workload).find(|it| !sends_always(it) && !is_observed_only(it));
        let Some(service) = service.filter(|_| !tells_readiness(workload)) else { continue };
        let Some(first) = workload.containers().find(stays) else { continue };
        let message = format!(
            "Service {} sends requests as soon as the containers run: none has a readiness probe",
            service.name()
        );
        out.push(CHECK.at(&first.place("readinessProbe"), message));
    }
}

/// Whether a Service lists pods that are not ready all the same.
fn sends_always(service: &Object) -> bool {
    service.get("spec.publishNotReadyAddresses").and_then(Node::as_bool) == Some(true)
}

fn tells_readiness(workload: Workload<'_>) -> bool {
    let gates = workload.spec().get("readinessGates");
    let is_gated = gates.is_some_and(|it| it.items().next().is_some());
    is_gated || probe::has(workload, "readinessProbe")
}
