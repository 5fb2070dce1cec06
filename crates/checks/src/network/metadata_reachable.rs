//! A pod that may ask the cloud's metadata service may ask it for the credentials of its node.

use std::net::IpAddr;

use finding::{Confidence, Finding, Fix, Severity};
use model::{Kinds, Place, Workload};
use netpol::{Direction, Policy, WayOut};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "metadata-reachable",
    title: "Pod may reach the cloud's metadata service",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Four,
    layer: Layer::Cloud,
    scope: Scope::Namespace,
    sees: netpol::KINDS,
    parameters: &[Parameter {
        name: "addresses",
        default: &["169.254.169.254", "fd00:ec2::254"],
        about: "Addresses at which the cloud serves metadata on port 80.",
    }],
    frameworks: &[Attack("T1552"), Nsa(check::Nsa::Network), Owasp("K07")],
    peers: &[Peer::Kubescape("C-0052")],
    effort: Hours(4),
    fix: Fix::Review(
        "Deny egress by default in the namespace, and keep the metadata address out of what is \
         allowed",
    ),
    cel: Cel::Refused("the pods and the policies of a namespace must be seen together"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("metadata_reachable.md"))
};

const PORT: u16 = 80;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let words = CHECK.words(cx, "addresses");
    let addresses: Vec<IpAddr> = words.iter().filter_map(|word| word.parse().ok()).collect();
    for workload in cx.workloads().filter(|workload| !opens_everything(cx, workload)) {
        let way = |&address| match cx.policies().way_out(&workload, address, PORT)? {
            WayOut::Allowed(policy) => Some((address, policy)),
            WayOut::HostNetwork | WayOut::Unlimited => None,
        };
        if let Some((address, policy)) = addresses.iter().find_map(way) {
            out.push(finding(cx, &workload, address, policy));
        }
    }
}

/// Whether some policy lets its pods out to wherever they like: its own matter.
fn opens_everything(cx: &Cx<'_>, workload: &Workload<'_>) -> bool {
    let policies = cx.policies().isolating(workload, Direction::Egress);
    let mut rules = policies.iter().flat_map(|policy| policy.rules(Direction::Egress));
    rules.any(|rule| rule.everything().is_some())
}

fn finding(cx: &Cx<'_>, workload: &Workload<'_>, address: IpAddr, policy: &Policy<'_>) -> Finding {
    let place = Place::of(workload.object(), workload.spec());
    let name = policy.object().name();
    let message = format!("NetworkPolicy {name} lets pods reach the metadata service at {address}");
    match cx.policies().beyond() {
        None => CHECK.at(&place, message),
        Some(kind) => Finding {
            confidence: Confidence::Heuristic,
            ..CHECK.at(&place, format!("{message}, unless {kind} objects, not evaluated, deny it"))
        },
    }
}
