//! A container without a memory limit may take all the memory of its node.

use finding::{Fix, Severity};
use model::{Container, Kinds, Role, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::allowance::{Allowances, named};

pub(crate) const CHECK: Check = Check {
    id: "memory-limit-missing",
    title: "Container may use all memory of its node",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Container,
    scope: Scope::Namespace,
    sees: &[kinds::LIMIT_RANGE],
    frameworks: &[Attack("T1499"), Nsa(check::Nsa::Network), Owasp("K01")],
    peers: &[
        Peer::Checkov("CKV_K8S_13"),
        Peer::KubeLinter("unset-memory-requirements"),
        Peer::KubeScore("container-resources"),
        Peer::Kubescape("C-0004"),
        Peer::Kubescape("C-0009"),
        Peer::Kubescape("C-0271"),
        Peer::Kubescape("C-0303"),
        Peer::Kubesec("LimitsMemory"),
        Peer::Polaris("memoryLimitsMissing"),
        Peer::Trivy("KSV-0018"),
    ],
    effort: Hours(2),
    fix: Fix::Review("Set `resources.limits.memory` a little above the most the program needs"),
    cel: Cel::Refused("a LimitRange of the namespace may give the limit"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("memory_limit_missing.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let allowances = Allowances::of(cx);
    for workload in cx.workloads() {
        let lacks = |container: &Container<'_>| {
            container.role() != Role::Ephemeral && !allowances.is_limited(container, "memory")
        };
        let lacking: Vec<Container<'_>> = workload.containers().filter(lacks).collect();
        let Some(first) = lacking.first() else { continue };
        let (containers, plural) = named(&lacking);
        let verb = if plural { "have" } else { "has" };
        let message = format!("{containers} {verb} no memory limit: one leak takes the whole node");
        out.push(CHECK.at(&first.place("resources.limits.memory"), message));
    }
}
