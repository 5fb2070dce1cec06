//! A policy that admits everybody guards nothing, and looks as if it did.

use finding::{Confidence, Finding, Fix, Severity};
use model::{Kinds, Object, Place, kinds};
use netpol::{Direction, Rule};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "open-ingress-policy",
    title: "Network policy admits every address",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1046"), Nsa(check::Nsa::Network), Owasp("K07")],
    peers: &[Peer::Trivy("KSV-0038")],
    effort: Hours(2),
    fix: Fix::Review("List in `from` who calls: pods, namespaces, or the range of addresses"),
    cel: Cel::Exact(
        "has(object.spec.policyTypes) && object.spec.policyTypes.size() > 0 \
           && !('Ingress' in object.spec.policyTypes) \
         || !has(object.spec.ingress) \
         || object.spec.ingress.all(rule, has(rule.from) && rule.from.size() > 0 \
           && rule.from.all(peer, !has(peer.ipBlock) || !peer.ipBlock.cidr.endsWith('/0')))",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::NETWORK_POLICY]), include_str!("open_ingress_policy.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let policies = cx.policies().all().filter(|policy| policy.isolates(Direction::Ingress));
    for policy in policies {
        let rules = policy.rules(Direction::Ingress);
        rules.filter_map(|rule| judge(policy.object(), rule)).for_each(|it| out.push(it));
    }
}

fn judge(policy: &Object, rule: Rule<'_>) -> Option<Finding> {
    let range = rule.peers().find(|peer| peer.is_everywhere());
    let range = range.and_then(netpol::Peer::range);
    let node = if rule.names_every_peer() { Some(rule.node()) } else { range }?;
    let (ports, severity) = if rule.names_every_port() {
        ("all ports", CHECK.severity)
    } else {
        ("the ports it lists", Severity::Low)
    };
    let peers = range.map_or_else(|| "everybody".to_owned(), |it| format!("all of {}", it.text()));
    let message = format!("the policy admits {peers} to {ports} of the pods it selects");
    Some(Finding { severity, ..CHECK.at(&Place::of(policy, node), message) })
}
