//! A policy that selects no pod guards none.

use finding::{Confidence, Fix, Severity};
use model::{Kinds, Selects, kinds};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::pods::{self, Pods};

pub(crate) const CHECK: Check = Check {
    id: "dangling-network-policy",
    title: "Network policy selects no pod",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Namespace,
    sees: pods::AND_SERVICES,
    frameworks: &[Nsa(check::Nsa::Network), Owasp("K07")],
    peers: &[
        Peer::KubeLinter("dangling-networkpolicy"),
        Peer::KubeScore("networkpolicy-targets-pod"),
        Peer::Kubescape("C-0299"),
    ],
    effort: Hours(1),
    fix: Fix::Review(
        "Correct `podSelector` to the labels that the pods carry, or delete the policy",
    ),
    cel: Cel::Refused("the pods and the policies of a namespace must be seen together"),
    run,
    ..Check::on(Kinds::of(&[kinds::NETWORK_POLICY]), include_str!("dangling_network_policy.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let pods = Pods::of(cx);
    let policies = cx.policies().all().filter(|policy| !policy.selects_all());
    for policy in policies.filter(|policy| pods.are_shown(policy.namespace())) {
        let found = pods.has(policy.namespace(), policy.selector());
        if !found && !pods.are_asked_for(policy.namespace(), |labels| policy.selects(labels)) {
            let namespace = policy.namespace();
            let message = format!("no pod of namespace {namespace} carries the selected labels");
            out.push(CHECK.at(&policy.object().place("spec.podSelector"), message));
        }
    }
}
