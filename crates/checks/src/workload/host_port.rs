//! A port of the node that leads straight into a container.

use finding::{Fix, Severity};
use model::{Kinds, Workload};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Profile, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "host-port",
    title: "Container takes a port of its node",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1611"),
        Cis("5.2.13"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Baseline),
    ],
    peers: &[
        Peer::Checkov("CKV_K8S_26"),
        Peer::Kubescape("C-0044"),
        Peer::Kubescape("C-0204"),
        Peer::Polaris("hostPortSet"),
        Peer::Trivy("KSV-0024"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Delete `hostPort`, and reach the pod through a Service"),
    edit: Edit::Remove,
    cel: Cel::Exact(
        "has(variables.podSpec.hostNetwork) && variables.podSpec.hostNetwork || \
         variables.containers.all(c, !has(c.ports) || c.ports.all(p, !has(p.hostPort) || \
         p.hostPort == 0))",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("host_port.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    // On the node's network every port is the node's: that is found by itself.
    let own_network = cx.workloads().filter(|workload| !workload.flag("hostNetwork"));
    for container in own_network.flat_map(Workload::containers) {
        for port in container.ports().filter_map(|port| port.get("hostPort")) {
            let Some(number) = port.as_i64().filter(|number| *number != 0) else { continue };
            let name = container.name();
            let message = format!("container {name} takes port {number} of its node");
            out.push(CHECK.at(&container.place_of(port), message));
        }
    }
}
