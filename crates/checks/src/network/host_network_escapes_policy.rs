//! A policy that is written for pods on the host network does not hold them.

use finding::{Confidence, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "host-network-escapes-policy",
    title: "Network policy is written for pods on the host network",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Namespace,
    frameworks: &[Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(4),
    fix: Fix::Manual("Take the pods off the host network, or guard their ports on the node itself"),
    cel: Cel::Refused("the pods and the policies of a namespace must be seen together"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("host_network_escapes_policy.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads().filter(|workload| workload.flag("hostNetwork")) {
        let meant = cx.policies().selecting(&workload).find(|it| !it.selects_all());
        if let Some(policy) = meant {
            let name = policy.object().name();
            let message = format!(
                "NetworkPolicy {name} selects these pods but does not hold them on the host network"
            );
            out.push(CHECK.at(&workload.place("hostNetwork"), message));
        }
    }
}
