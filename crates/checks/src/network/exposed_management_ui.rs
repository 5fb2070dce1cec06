//! An administration interface that the outside reaches is administered from outside.

use finding::{Confidence, Finding, Fix, Severity};
use model::{Container, Kinds, Role};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::exposure::{self, Door, Way};
use crate::reading::interface::Interface;

pub(crate) const CHECK: Check = Check {
    id: "exposed-management-ui",
    title: "Administration interface is reached from outside",
    severity: Severity::High,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: Kinds::WORKLOADS.built_in(),
    frameworks: &[Attack("T1133"), Nsa(check::Nsa::Network), Owasp("K09")],
    peers: &[
        Peer::Kubescape("C-0014"),
        Peer::Kubescape("C-0021"),
        Peer::Kubescape("C-0266"),
        Peer::Kubescape("C-0274"),
    ],
    effort: Hours(4),
    fix: Fix::Review("Let nobody in but through a proxy that asks who calls, or through a VPN"),
    cel: Cel::Refused("the Service, what leads to it and its pods must be seen together"),
    run,
    ..Check::on(exposure::DOORS, include_str!("exposed_management_ui.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for way in exposure::ways(cx) {
        let main = way.workload.containers().filter(|it| it.role() == Role::Main);
        let containers: Vec<Container<'_>> = main.collect();
        // A proxy beside it, to which the Service leads, asks who calls.
        if containers.iter().any(is_proxy) {
            continue;
        }
        let interface = containers.iter().find_map(Interface::of);
        if let Some(finding) = interface.and_then(|it| finding(&way, it)) {
            out.push(finding);
        }
    }
}

fn is_proxy(container: &Container<'_>) -> bool {
    let image = container.node().get("image").map(model::tree::Node::text).unwrap_or_default();
    image.contains("oauth2-proxy")
        || image.contains("kube-rbac-proxy")
        || image.contains("pomerium")
}

/// What asks callers to sign in may stand behind an ingress, but not on the bare internet.
fn finding(way: &Way<'_>, interface: &Interface) -> Option<Finding> {
    let bare = matches!(way.door, Door::LoadBalancer | Door::NodePort);
    if interface.asks && !bare {
        return None;
    }
    let severity = match (interface.asks, way.door) {
        (false, Door::NodePort) | (true, _) => Severity::Medium,
        _ => CHECK.severity,
    };
    let how = if interface.asks { "" } else { ", and asks nobody to sign in of its own accord" };
    let message = format!(
        "{} is reached through {} by Service {}{how}",
        interface.name,
        way.door.name(),
        way.service.name()
    );
    Some(Finding { severity, ..CHECK.at(&way.place, message) })
}
