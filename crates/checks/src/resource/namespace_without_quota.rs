//! A namespace without a quota takes as much of the cluster as it is asked to.

use std::collections::BTreeSet;

use finding::{Confidence, Fix, Severity};
use model::{Kinds, Object, Place, Workload, kinds};

use crate::check::Framework::{Attack, Nsa};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "namespace-without-quota",
    title: "Namespace may take the whole cluster",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Namespace,
    sees: &[kinds::RESOURCE_QUOTA],
    audience: Audience::Platform,
    parameters: &[Parameter {
        name: "exempt-namespaces",
        default: &["kube-system", "kube-public", "kube-node-lease"],
        about: "Namespaces that need no quota.",
    }],
    frameworks: &[Attack("T1496"), Nsa(check::Nsa::Network)],
    peers: &[Peer::Trivy("KSV-0040")],
    effort: Hours(2),
    fix: Fix::Review("Add a ResourceQuota on CPU, memory and pods"),
    cel: Cel::Refused("the quotas and the pods of a namespace must be seen together"),
    run,
    ..Check::on(Kinds::NAMESPACES, include_str!("namespace_without_quota.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let exempt = CHECK.words(cx, "exempt-namespaces");
    let in_use: BTreeSet<&str> = cx.workloads().map(|it: Workload<'_>| it.namespace()).collect();
    let quotas = cx.inventory().of(kinds::RESOURCE_QUOTA);
    let bounded: BTreeSet<&str> = quotas.map(Object::namespace).collect();
    let is_open = |it: &&Object| {
        let name = it.name();
        in_use.contains(name) && !bounded.contains(name) && !exempt.contains(&name)
    };
    let open: Vec<&Object> = cx.inventory().of(kinds::NAMESPACE).filter(is_open).collect();
    for namespace in &open {
        // Manifests that have few or none leave them to somebody else.
        if namespace.origin().file().is_some() && bounded.len() < open.len() {
            continue;
        }
        let name = namespace.name();
        let message = format!("no ResourceQuota bounds what the pods of namespace {name} take");
        out.push(CHECK.at(&Place::of(namespace, namespace.root()), message));
    }
}
