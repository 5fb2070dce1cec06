//! A container without a memory request is placed where there may be none, and goes first.

use finding::{Fix, Severity};
use model::{Container, Kinds, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::allowance::{Allowances, named, stays};

pub(crate) const CHECK: Check = Check {
    id: "memory-request-missing",
    title: "Container has no memory set apart",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Scalability,
    scope: Scope::Namespace,
    sees: &[kinds::LIMIT_RANGE],
    peers: &[
        Peer::Checkov("CKV_K8S_12"),
        Peer::KubeLinter("unset-memory-requirements"),
        Peer::KubeScore("container-resources"),
        Peer::Kubescape("C-0004"),
        Peer::Kubescape("C-0269"),
        Peer::Kubesec("RequestsMemory"),
        Peer::Polaris("memoryRequestsMissing"),
        Peer::Trivy("KSV-0016"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Set `resources.requests.memory` to what the program usually needs"),
    cel: Cel::Refused("a LimitRange of the namespace may give the request"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("memory_request_missing.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let allowances = Allowances::of(cx);
    for workload in cx.workloads() {
        let lacks = |container: &Container<'_>| {
            stays(container) && !allowances.is_requested(container, "memory")
        };
        let lacking: Vec<Container<'_>> = workload.containers().filter(lacks).collect();
        let Some(first) = lacking.first() else { continue };
        let (containers, plural) = named(&lacking);
        let verb = if plural { "request" } else { "requests" };
        let message = format!("{containers} {verb} no memory: the scheduler counts it as nothing");
        out.push(CHECK.at(&first.place("resources.requests.memory"), message));
    }
}
