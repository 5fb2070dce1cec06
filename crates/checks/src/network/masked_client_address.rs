//! A policy for addresses outside never sees them behind a Service that replaces them.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, Selector, kinds};
use netpol::cidr::Cidr;
use netpol::{Direction, Peer, Policy};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::pods::Pods;

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
    let pods = Pods::of(cx);
    let private: Vec<Cidr> = PRIVATE.iter().filter_map(|range| Cidr::parse(range)).collect();
    for policy in cx.policies().all().filter(|policy| policy.isolates(Direction::Ingress)) {
        let peers =
            policy.rules(Direction::Ingress).flat_map(|rule| rule.peers().collect::<Vec<_>>());
        let Some(range) = peers.into_iter().find_map(|peer| outside(peer, &private)) else {
            continue;
        };
        if let Some(service) = masking(cx, &pods, policy) {
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

/// A Service that leads to pods of a policy from outside and replaces the address of the caller.
fn masking<'a>(cx: &Cx<'a>, pods: &Pods<'_, '_>, policy: &Policy<'_>) -> Option<&'a str> {
    let mut services = cx.inventory().of(kinds::SERVICE);
    let masking = services.find(|service| {
        let text = |path| service.get(path).and_then(Node::as_str);
        let outside = matches!(text("spec.type"), Some("LoadBalancer" | "NodePort"));
        let kept = text("spec.externalTrafficPolicy") == Some("Local");
        let direct = service.get("spec.loadBalancerClass").is_some()
            || service
                .get("metadata.annotations")
                .is_some_and(|all| all.entries().any(|it| it.key().contains("aws-load-balancer")));
        let selector = service.get("spec.selector").map(Selector::labels);
        let selector = selector.filter(|it| !it.is_empty() && outside && !kept && !direct);
        service.namespace() == policy.namespace()
            && selector.is_some_and(|selector| {
                pods.matching(service.namespace(), &selector)
                    .iter()
                    .any(|it| policy.selects(it.labels()))
            })
    });
    masking.map(model::Object::name)
}
