//! A port below 1024 is a reason to keep root or a capability, and need not be one.

use finding::{Fix, Severity};
use model::workload::Os;
use model::{Container, Kinds, Node, Workload};

use crate::check::Framework::Owasp;
use crate::check::{Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::capability;

pub(crate) const CHECK: Check = Check {
    id: "privileged-port",
    title: "Container keeps powers for a port below 1024",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Owasp("K01")],
    peers: &[Peer::KubeLinter("privileged-ports"), Peer::Trivy("KSV-0117")],
    effort: Hours(2),
    fix: Fix::Review("Listen above 1024 and map the port in the Service"),
    cel: Cel::Refused("whether root is asked for is told by the container and by its pod together"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("privileged_port.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let own_network = |it: &Workload<'_>| it.os() == Os::Linux && !it.flag("hostNetwork");
    for workload in cx.workloads().filter(own_network) {
        let from = first_free(&workload);
        for container in workload.containers().filter(keeps_powers) {
            let mut numbers = container.ports().filter_map(|it| it.get("containerPort"));
            let is_low = |it: &Node<'_>| it.as_i64().is_some_and(|port| (1..from).contains(&port));
            if let Some(port) = numbers.find(is_low) {
                let (name, number) = (container.name(), port.text());
                let message = format!("container {name} keeps powers that port {number} needs");
                out.push(CHECK.at(&container.place_of(port), message));
            }
        }
    }
}

/// Asks for root, or for the capability that low ports need.
fn keeps_powers(container: &Container<'_>) -> bool {
    let security = container.security();
    let asks_for_root = security.may_be_root() && security.run_as_user().is_some();
    let mut added = container.added_capabilities();
    asks_for_root || added.any(|it| capability::name(it) == "NET_BIND_SERVICE")
}

/// The first port that everybody may open.
fn first_free(workload: &Workload<'_>) -> i64 {
    let sysctls = workload.spec().at("securityContext.sysctls").into_iter().flat_map(Node::items);
    let starts = |it: &Node<'_>| {
        it.get("name").map(Node::text) == Some("net.ipv4.ip_unprivileged_port_start")
    };
    let set = sysctls.filter(starts).last().and_then(|it| it.get("value")?.text().parse().ok());
    set.unwrap_or(1024)
}
