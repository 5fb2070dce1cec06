//! One dash too many makes "these pods of that namespace" into "all of that namespace".

use finding::{Change, Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, kinds};
use netpol::{Direction, Policy, Rule};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::json;
use crate::reading::pods::{self, Pods};

pub(crate) const CHECK: Check = Check {
    id: "policy-peer-meant-as-and",
    title: "Network policy allows a whole namespace by one dash too many",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Namespace,
    sees: pods::AND_SERVICES,
    frameworks: &[Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(1),
    fix: Fix::Review("Put `namespaceSelector` and `podSelector` into one item of the list"),
    edit: Edit::By(join),
    cel: Cel::Refused("the pods and the policies of a namespace must be seen together"),
    run,
    ..Check::on(Kinds::of(&[kinds::NETWORK_POLICY]), include_str!("policy_peer_meant_as_and.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let pods = Pods::of(cx);
    for policy in cx.policies().all() {
        for direction in [Direction::Ingress, Direction::Egress] {
            let rules = policy.rules(direction).filter(|_| policy.isolates(direction));
            for node in rules.filter_map(|rule| torn(&pods, policy, rule)) {
                let message = "this item allows every pod of the namespace, and the next one names \
                               labels that only pods elsewhere carry: they look meant as one item";
                out.push(CHECK.at(&Place::of(policy.object(), node), message));
            }
        }
    }
}

/// An item of namespaces alone, followed by one of pods that the policy's own namespace has not.
fn torn<'a>(pods: &Pods<'_, '_>, policy: &Policy<'_>, rule: Rule<'a>) -> Option<Node<'a>> {
    let peers: Vec<_> = rule.peers().collect();
    let pairs = peers.iter().zip(peers.iter().skip(1));
    let is_torn = |(first, second): &(&netpol::Peer<'_>, &netpol::Peer<'_>)| {
        let namespaces = first.namespaces().is_some_and(|it| !it.is_empty());
        let selector = second.pods().filter(|it| !it.is_empty() && second.namespaces().is_none());
        let elsewhere = selector.is_some_and(|selector| {
            let own = policy.namespace();
            let absent = !pods.has(own, &selector);
            absent && (pods.are_shown(own) || own != "kube-system" && is_dns(second.node()))
        });
        namespaces && first.pods().is_none() && elsewhere
    };
    let (first, _) = pairs.into_iter().find(is_torn)?;
    first.node().get("namespaceSelector")
}

/// The label that the pods of the cluster's DNS carry, in `kube-system` and nowhere else.
fn is_dns(peer: Node<'_>) -> bool {
    let labels = peer.at("podSelector.matchLabels");
    labels.and_then(|it| it.get("k8s-app")).and_then(Node::as_str) == Some("kube-dns")
}

/// Makes one item of this one and the next.
fn join(flaw: &Flaw<'_>) -> Vec<Change> {
    let (item, list) = (flaw.around(1), flaw.around(2));
    let number = item.strip_prefix(list).map(|it| it.trim_matches(['[', ']']));
    let Some(number) = number.and_then(|it| it.parse::<usize>().ok()) else { return Vec::new() };
    let next = format!("{list}[{}]", number + 1);
    let pods = flaw.object().root().follow(&next).and_then(|it| it.get("podSelector"));
    let Some(pods) = pods.map(json::of) else { return Vec::new() };
    vec![Change::set(flaw.beside("podSelector"), pods), Change::remove(next)]
}
