//! Pods that may call others but may not ask for names call nobody.

use finding::{Confidence, Fix, Severity};
use model::{Kinds, Place, Workload};
use netpol::{Direction, Policy, Rule};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "egress-without-dns",
    title: "Egress is allowed but names cannot be resolved",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Namespace,
    sees: netpol::KINDS,
    effort: Hours(1),
    fix: Fix::Review("Allow port 53 over UDP and TCP to the pods of the cluster's DNS"),
    cel: Cel::Refused("the pods and the policies of a namespace must be seen together"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("egress_without_dns.md"))
};

/// Where the pods of the cluster's DNS listen; policies are applied behind their Service.
const PORTS: &[u16] = &[53, 1053, 5353, 8053];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if cx.policies().beyond().is_some() {
        return;
    }
    for workload in cx.workloads() {
        let isolating: Vec<_> = cx.policies().isolating(&workload, Direction::Egress).collect();
        let rules = || isolating.iter().flat_map(|policy| policy.rules(Direction::Egress));
        if rules().any(calls_by_name) && !rules().any(|rule| reaches_dns(&workload, rule)) {
            let names: Vec<&str> = isolating.iter().map(|it| Policy::object(it).name()).collect();
            let message = format!(
                "the pods may call others, but {} does not let them ask the cluster's DNS",
                names.join(", ")
            );
            out.push(CHECK.at(&Place::of(workload.object(), workload.spec()), message));
        }
    }
}

/// Pods and the wide world are called by name; a range of addresses alone need not be.
fn calls_by_name(rule: Rule<'_>) -> bool {
    rule.names_every_peer() || rule.peers().any(|peer| peer.range().is_none())
}

fn reaches_dns(workload: &Workload<'_>, rule: Rule<'_>) -> bool {
    let by_number = PORTS.iter().any(|&port| rule.names_port("UDP", port));
    let by_name = rule.named_ports("UDP").next().is_some();
    let own = workload.namespace() == "kube-system";
    let elsewhere = |peer: netpol::Peer<'_>| peer.namespaces().is_some() || peer.range().is_some();
    (by_number || by_name) && (own || rule.names_every_peer() || rule.peers().any(elsewhere))
}
