//! A container without a CPU request gets what others leave.

use finding::{Fix, Severity};
use model::{Container, Kinds, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::allowance::{Allowances, named, stays};

pub(crate) const CHECK: Check = Check {
    id: "cpu-request-missing",
    title: "Container has no processor time set apart",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Scalability,
    scope: Scope::Namespace,
    sees: &[kinds::LIMIT_RANGE],
    peers: &[
        Peer::Checkov("CKV_K8S_10"),
        Peer::KubeLinter("unset-cpu-requirements"),
        Peer::KubeScore("container-resources"),
        Peer::Kubescape("C-0050"),
        Peer::Kubescape("C-0268"),
        Peer::Kubesec("RequestsCPU"),
        Peer::Polaris("cpuRequestsMissing"),
        Peer::Trivy("KSV-0015"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Set `resources.requests.cpu` to what the program usually needs"),
    cel: Cel::Refused("a LimitRange of the namespace may give the request"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("cpu_request_missing.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let allowances = Allowances::of(cx);
    for workload in cx.workloads() {
        let lacks = |container: &Container<'_>| {
            // Of one that requests nothing at all, the check on memory speaks.
            stays(container)
                && !allowances.is_requested(container, "cpu")
                && allowances.is_requested(container, "memory")
        };
        let lacking: Vec<Container<'_>> = workload.containers().filter(lacks).collect();
        let Some(first) = lacking.first() else { continue };
        let (containers, plural) = named(&lacking);
        let verb = if plural { "request" } else { "requests" };
        let message = format!("{containers} {verb} no CPU: on a busy node others go first");
        out.push(CHECK.at(&first.place("resources.requests.cpu"), message));
    }
}
