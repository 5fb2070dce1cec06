//! A gateway on which any namespace may claim any host.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::istio::GATEWAY;

pub(crate) const CHECK: Check = Check {
    id: "wildcard-mesh-gateway",
    title: "Any namespace may claim any host of a gateway",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1557"), Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(2),
    fix: Fix::Review("Name the hosts, each with the namespace that may serve it"),
    cel: Cel::Exact(
        "!has(object.spec) || !has(object.spec.servers) || object.spec.servers.all(s, \
         !has(s.hosts) || !s.hosts.exists(h, h in ['*', '*/*']))",
    ),
    run,
    ..Check::on(Kinds::of(&[GATEWAY]), include_str!("wildcard_mesh_gateway.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for gateway in cx.inventory().of(GATEWAY) {
        let servers = gateway.get("spec.servers").into_iter().flat_map(Node::items);
        let mut hosts = servers.filter_map(|it| it.get("hosts")).flat_map(Node::items);
        if let Some(host) = hosts.find(|host| matches!(host.as_str(), Some("*" | "*/*"))) {
            let name = gateway.name();
            let message = format!("any namespace may serve any host through gateway {name}");
            out.push(CHECK.at(&Place::of(gateway, host), message));
        }
    }
}
