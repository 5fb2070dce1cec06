//! A namespace that takes any pod lets whoever may create one own a node.

use std::collections::BTreeSet;

use finding::{Change, Confidence, Fix, Severity};
use model::{Kinds, Place, Workload, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Parameter, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::pod_security_level::{self, SYSTEM_NAMESPACES};
use crate::reading::policy_engine;

pub(crate) const CHECK: Check = Check {
    id: "namespace-without-pod-security",
    title: "Namespace admits every pod",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: policy_engine::GUARDS,
    audience: Audience::Platform,
    parameters: &[Parameter {
        name: "exempt-namespaces",
        default: SYSTEM_NAMESPACES,
        about: "Namespaces that need no level.",
    }],
    frameworks: &[Attack("T1610"), Attack("T1611"), Nsa(check::Nsa::PodSecurity), Owasp("K04")],
    peers: pod_security_level::PEERS,
    effort: Hours(4),
    fix: Fix::Review(
        "Label the namespace with `pod-security.kubernetes.io/enforce: baseline`, or `restricted` \
         where its pods allow it",
    ),
    edit: Edit::By(enforce_baseline),
    cel: Cel::Refused("the namespace, its pods and the policies of the cluster are seen together"),
    run,
    ..Check::on(Kinds::NAMESPACES, include_str!("namespace_without_pod_security.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if pod_security_level::is_enforced_by_default(cx) || policy_engine::guard(cx).is_some() {
        return;
    }
    let exempt = CHECK.words(cx, "exempt-namespaces");
    let used: BTreeSet<&str> = cx.workloads().map(|it: Workload<'_>| it.namespace()).collect();
    for namespace in cx.inventory().of(kinds::NAMESPACE) {
        let name = namespace.name();
        if exempt.contains(&name) || !used.contains(name) {
            continue;
        }
        if pod_security_level::enforced(namespace).is_some()
            || pod_security_level::told(namespace).is_some()
        {
            continue;
        }
        let message =
            format!("namespace {name} enforces no level of Pod Security: it admits every pod");
        out.push(CHECK.at(&Place::below(namespace, namespace.root(), "metadata.labels"), message));
    }
}

fn enforce_baseline(_: &Flaw<'_>) -> Vec<Change> {
    let label = format!("metadata.labels[\"{}\"]", pod_security_level::ENFORCE);
    vec![Change::set(label, "\"baseline\"")]
}
