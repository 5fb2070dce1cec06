//! A namespace in which pods ask for nothing, and nothing is given them by default.

use std::collections::{BTreeMap, BTreeSet};

use finding::{Confidence, Fix, Severity};
use model::{Kinds, Object, Place, kinds};

use crate::check::Framework::{Attack, Nsa};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::allowance::{Allowances, stays};

pub(crate) const CHECK: Check = Check {
    id: "namespace-without-limit-range",
    title: "Namespace gives its pods no limits",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Namespace,
    sees: &[kinds::LIMIT_RANGE],
    audience: Audience::Platform,
    parameters: &[Parameter {
        name: "exempt-namespaces",
        default: &["kube-system", "kube-public", "kube-node-lease"],
        about: "Namespaces that need no defaults.",
    }],
    frameworks: &[Attack("T1499"), Nsa(check::Nsa::Network)],
    peers: &[Peer::Trivy("KSV-0039")],
    effort: Hours(2),
    fix: Fix::Review("Add a LimitRange with a default limit and a default request of memory"),
    cel: Cel::Refused("the limit ranges and the pods of a namespace must be seen together"),
    run,
    ..Check::on(Kinds::NAMESPACES, include_str!("namespace_without_limit_range.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let exempt = CHECK.words(cx, "exempt-namespaces");
    let unbounded = unbounded(cx);
    let ranges = cx.inventory().of(kinds::LIMIT_RANGE).map(Object::namespace);
    let ranges = ranges.collect::<BTreeSet<&str>>().len();
    let is_open = |it: &&Object| unbounded.contains_key(it.name()) && !exempt.contains(&it.name());
    let open: Vec<&Object> = cx.inventory().of(kinds::NAMESPACE).filter(is_open).collect();
    for namespace in &open {
        // Manifests that have few or none leave them to somebody else.
        if namespace.origin().file().is_some() && ranges < open.len() {
            continue;
        }
        let name = namespace.name();
        let Some(count) = unbounded.get(name) else { continue };
        let workloads = if *count == 1 { "workload has" } else { "workloads have" };
        let message = format!(
            "{count} {workloads} containers without a memory limit in namespace {name}, and no \
             LimitRange gives them one"
        );
        out.push(CHECK.at(&Place::of(namespace, namespace.root()), message));
    }
}

/// How many workloads of each namespace have containers that nothing limits.
fn unbounded<'a>(cx: &Cx<'a>) -> BTreeMap<&'a str, usize> {
    let allowances = Allowances::of(cx);
    let mut unbounded = BTreeMap::new();
    for workload in cx.workloads() {
        let mut containers = workload.containers().filter(stays);
        if containers.any(|it| !allowances.is_limited(&it, "memory")) {
            *unbounded.entry(workload.namespace()).or_default() += 1;
        }
    }
    unbounded
}
