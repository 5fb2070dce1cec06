//! A pod that may ask the cloud's metadata service may ask it for the credentials of its node.

use std::net::IpAddr;

use finding::{Confidence, Finding, Fix, Severity};
use model::{Kinds, Place, Workload};
use netpol::WayOut;

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
    for workload in cx.workloads() {
        let way = |&address| Some((address, cx.policies().way_out(&workload, address, PORT)?));
        if let Some((address, way)) = addresses.iter().find_map(way) {
            out.push(finding(cx, &workload, address, way));
        }
    }
}

fn finding(cx: &Cx<'_>, workload: &Workload<'_>, address: IpAddr, way: WayOut<'_, '_>) -> Finding {
    let service = format!("the metadata service at {address}");
    let spec = Place::of(workload.object(), workload.spec());
    let (place, message) = match way {
        WayOut::HostNetwork => {
            let message = format!("on the host network no NetworkPolicy keeps pods from {service}");
            (workload.place("hostNetwork"), message)
        }
        WayOut::Unlimited => {
            (spec, format!("no NetworkPolicy limits where pods connect to: they reach {service}"))
        }
        WayOut::Allowed(policy) => {
            let name = policy.object().name();
            (spec, format!("NetworkPolicy {name} lets pods reach {service}"))
        }
    };
    match cx.policies().beyond().filter(|_| !matches!(way, WayOut::HostNetwork)) {
        None => CHECK.at(&place, message),
        Some(kind) => Finding {
            confidence: Confidence::Heuristic,
            ..CHECK.at(&place, format!("{message}, unless {kind} objects, not evaluated, deny it"))
        },
    }
}
