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
        Peer::Checkov("CKV_K8S_10"),
        Peer::Checkov("CKV_K8S_12"),
        Peer::KubeLinter("unset-cpu-requirements"),
        Peer::KubeLinter("unset-memory-requirements"),
        Peer::KubeScore("container-resources"),
        Peer::Kubescape("C-0004"),
        Peer::Kubescape("C-0050"),
        Peer::Kubescape("C-0268"),
        Peer::Kubescape("C-0269"),
        Peer::Kubesec("RequestsCPU"),
        Peer::Kubesec("RequestsMemory"),
        Peer::Polaris("cpuRequestsMissing"),
        Peer::Polaris("memoryRequestsMissing"),
        Peer::Trivy("KSV-0015"),
        Peer::Trivy("KSV-0016"),
    ],
    effort: Hours(1),
    fix: Fix::Review(
        "Set `resources.requests` to the memory and CPU that the program usually needs",
    ),
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
        let idle = lacking.iter().filter(|it| !allowances.is_requested(it, "cpu"));
        let idle: Vec<&str> = idle.map(Container::name).collect();
        let more = match idle.as_slice() {
            [] => String::new(),
            all if all.len() == lacking.len() => " and no CPU".to_owned(),
            some => format!(" and {} no CPU", some.join(", ")),
        };
        let message =
            format!("{containers} {verb} no memory{more}: the scheduler counts it as nothing");
        out.push(CHECK.at(&first.place("resources.requests.memory"), message));
    }
}
