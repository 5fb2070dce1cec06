//! A policy that lets pods out to every address on every port keeps nothing in.

use finding::{Confidence, Fix, Severity};
use model::{Kinds, Place, kinds};
use netpol::{Direction, Rule};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "open-egress-policy",
    title: "Network policy lets pods out to every address",
    severity: Severity::Low,
    confidence: Confidence::Config,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Network), Owasp("K07")],
    peers: &[Peer::Kubescape("C-0030"), Peer::Trivy("KSV-0038")],
    effort: Hours(4),
    fix: Fix::Review("List in `to` what the pods call, or at least the ports"),
    cel: Cel::Exact(
        "has(object.spec.policyTypes) && object.spec.policyTypes.size() > 0 \
           && !('Egress' in object.spec.policyTypes) \
         || !has(object.spec.egress) \
         || object.spec.egress.all(rule, \
           has(rule.ports) && rule.ports.size() > 0 && rule.ports.all(it, has(it.port)) \
           || has(rule.to) && rule.to.size() > 0 && rule.to.all(peer, !has(peer.ipBlock) \
             || !peer.ipBlock.cidr.endsWith('/0') \
             || has(peer.ipBlock.except) && peer.ipBlock.except.size() > 0))",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::NETWORK_POLICY]), include_str!("open_egress_policy.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for policy in cx.policies().all().filter(|policy| policy.isolates(Direction::Egress)) {
        for node in policy.rules(Direction::Egress).filter_map(Rule::everything) {
            let message = "the policy lets the pods it selects out to every address and port, the metadata \
                           service of a cloud included";
            out.push(CHECK.at(&Place::of(policy.object(), node), message));
        }
    }
}
