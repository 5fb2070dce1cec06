//! A rule for all namespaces admits tenants that nobody had in mind.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, Selector, kinds};
use netpol::{Direction, Rule};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "all-namespaces-peer",
    title: "Network policy admits every pod of the cluster",
    severity: Severity::Low,
    confidence: Confidence::Config,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1046"), Nsa(check::Nsa::Network), Owasp("K07")],
    peers: &[Peer::Kubescape("C-0054"), Peer::Trivy("KSV-0038")],
    effort: Hours(2),
    fix: Fix::Review("Select the namespaces that call, by `kubernetes.io/metadata.name`"),
    cel: Cel::Exact(
        "has(object.spec.policyTypes) && object.spec.policyTypes.size() > 0 \
           && !('Ingress' in object.spec.policyTypes) \
         || !has(object.spec.ingress) \
         || object.spec.ingress.all(rule, !has(rule.from) \
           || rule.from.all(peer, !has(peer.namespaceSelector) \
             || has(peer.namespaceSelector.matchLabels) \
               && peer.namespaceSelector.matchLabels.size() > 0 \
             || has(peer.namespaceSelector.matchExpressions) \
               && peer.namespaceSelector.matchExpressions.size() > 0 \
             || has(peer.podSelector) && (has(peer.podSelector.matchLabels) \
                 && peer.podSelector.matchLabels.size() > 0 \
               || has(peer.podSelector.matchExpressions) \
                 && peer.podSelector.matchExpressions.size() > 0)))",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::NETWORK_POLICY]), include_str!("all_namespaces_peer.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for policy in cx.policies().all().filter(|policy| policy.isolates(Direction::Ingress)) {
        for node in policy.rules(Direction::Ingress).filter_map(wide) {
            let message = "the empty namespaceSelector admits every pod of every namespace";
            out.push(CHECK.at(&Place::of(policy.object(), node), message));
        }
    }
}

/// The selector in a rule that admits all pods of all namespaces.
fn wide(rule: Rule<'_>) -> Option<Node<'_>> {
    let all = |selector: Selector<'_>| selector.is_empty();
    let mut peers = rule.peers();
    let peer = peers.find(|it| it.namespaces().is_some_and(all) && it.pods().is_none_or(all))?;
    peer.node().get("namespaceSelector")
}
