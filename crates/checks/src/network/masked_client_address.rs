//! A policy for addresses outside never sees them behind a Service that replaces them.

use std::collections::BTreeMap;

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place, Selector, kinds};
use netpol::cidr::Cidr;
use netpol::{Direction, Peer};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::selection::selector;

pub(crate) const CHECK: Check = Check {
    id: "masked-client-address",
    title: "Network policy asks for addresses that the Service replaces",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Five,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Namespace,
    sees: &[kinds::SERVICE],
    effort: Hours(2),
    fix: Fix::Review("Set `externalTrafficPolicy: Local` on the Service"),
    cel: Cel::Refused("the policy, the pods and the Services must be seen together"),
    run,
    ..Check::on(Kinds::of(&[kinds::NETWORK_POLICY]), include_str!("masked_client_address.md"))
};

/// Addresses that nodes and pods have, so that a rule for them may be meant for those.
const PRIVATE: &[&str] = &[
    "10.0.0.0/8",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "fc00::/7",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let (pods, masking) = (cx.pods(), masking(cx));
    let private: Vec<Cidr> = PRIVATE.iter().filter_map(|range| Cidr::parse(range)).collect();
    for policy in cx.policies().all().filter(|policy| policy.isolates(Direction::Ingress)) {
        let peers =
            policy.rules(Direction::Ingress).flat_map(|rule| rule.peers().collect::<Vec<_>>());
        let Some(range) = peers.into_iter().find_map(|peer| outside(peer, &private)) else {
            continue;
        };
        let leads_to = |(_, selector): &&(&str, Selector<'_>)| {
            pods.selected(policy.namespace(), selector).any(|it| policy.selects(it.labels()))
        };
        let services = masking.get(policy.namespace()).into_iter().flatten();
        if let Some((service, _)) = services.into_iter().find(leads_to) {
            let message = format!(
                "Service {service} shows these pods the address of a node in place of {}",
                range.text()
            );
            out.push(CHECK.at(&Place::of(policy.object(), range), message));
        }
    }
}

/// The range of a peer, if it names addresses outside and not all there are.
fn outside<'a>(peer: Peer<'a>, private: &[Cidr]) -> Option<Node<'a>> {
    let node = peer.range()?;
    let range = Cidr::parse(node.as_str()?)?;
    (!peer.is_everywhere() && !range.is_covered_by(private)).then_some(node)
}

/// The Services that lead inside and replace the address of the caller, by namespace.
fn masking<'a>(cx: &Cx<'a>) -> BTreeMap<&'a str, Vec<(&'a str, Selector<'a>)>> {
    let mut masking: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for service in cx.inventory().of(kinds::SERVICE).filter(|it| masks(it)) {
        if let Some(selector) = selector(service) {
            masking.entry(service.namespace()).or_default().push((service.name(), selector));
        }
    }
    masking
}

fn masks(service: &Object) -> bool {
    let text = |path| service.get(path).and_then(Node::as_str);
    let outside = matches!(text("spec.type"), Some("LoadBalancer" | "NodePort"));
    let kept = text("spec.externalTrafficPolicy") == Some("Local");
    let annotations = service.get("metadata.annotations").into_iter().flat_map(Node::entries);
    let direct = service.get("spec.loadBalancerClass").is_some()
        || annotations.into_iter().any(|it| it.key().contains("aws-load-balancer"));
    outside && !kept && !direct
}
