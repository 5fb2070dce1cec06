//! A rule for pods that do not exist allows nobody, or somebody nobody expects.

use finding::{Confidence, Fix, Severity};
use model::{Kinds, Place, kinds};
use netpol::{Direction, Policy, Rule};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::pods::{self, Pods};

pub(crate) const CHECK: Check = Check {
    id: "dangling-policy-peer",
    title: "Network policy allows pods that do not exist",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Namespace,
    sees: pods::AND_SERVICES,
    peers: &[Peer::KubeLinter("dangling-networkpolicypeer-podselector")],
    effort: Hours(1),
    fix: Fix::Review(
        "Correct the peer's `podSelector` to labels that the pods carry, or delete it",
    ),
    cel: Cel::Refused("the pods and the policies of a namespace must be seen together"),
    run,
    ..Check::on(Kinds::of(&[kinds::NETWORK_POLICY]), include_str!("dangling_policy_peer.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let pods = Pods::of(cx);
    for policy in cx.policies().all().filter(|policy| pods.are_shown(policy.namespace())) {
        for direction in [Direction::Ingress, Direction::Egress] {
            let rules = policy.rules(direction).filter(|_| policy.isolates(direction));
            rules.for_each(|rule| judge(&pods, policy, rule, out));
        }
    }
}

fn judge(pods: &Pods<'_, '_>, policy: &Policy<'_>, rule: Rule<'_>, out: &mut Findings) {
    // Beside a peer of namespaces, the pods are most likely meant to be in those.
    if rule.peers().any(|peer| peer.namespaces().is_some() && peer.pods().is_none()) {
        return;
    }
    for peer in rule.peers().filter(|peer| peer.namespaces().is_none()) {
        let Some(selector) = peer.pods().filter(|selector| !selector.is_empty()) else { continue };
        let found = pods.has(policy.namespace(), &selector);
        if !found && !pods.are_asked_for(policy.namespace(), |labels| selector.matches(labels)) {
            let namespace = policy.namespace();
            let node = peer.node().get("podSelector").unwrap_or(peer.node());
            let message =
                format!("no pod of namespace {namespace} carries the labels of this peer");
            out.push(CHECK.at(&Place::of(policy.object(), node), message));
        }
    }
}
