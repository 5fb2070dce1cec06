//! A gateway that takes routes from every namespace lets each tenant speak for the others' hosts.

use finding::{Confidence, Fix, Severity};
use model::tree::{Node, Type};
use model::{Kinds, Object, Place, Selector};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::gateway;

pub(crate) const CHECK: Check = Check {
    id: "open-gateway",
    title: "Gateway takes routes from every namespace",
    severity: Severity::Low,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(4),
    fix: Fix::Review("Let `allowedRoutes.namespaces` select the namespaces that serve the host"),
    cel: Cel::Exact(
        "!has(object.spec.listeners) || object.spec.listeners.all(it, \
           has(it.protocol) && it.protocol == 'HBONE' \
           || !has(it.allowedRoutes) || !has(it.allowedRoutes.namespaces) \
           || !has(it.allowedRoutes.namespaces.from) \
           || it.allowedRoutes.namespaces.from != 'All' \
             && (it.allowedRoutes.namespaces.from != 'Selector' \
               || has(it.allowedRoutes.namespaces.selector) \
                 && (has(it.allowedRoutes.namespaces.selector.matchLabels) \
                     && it.allowedRoutes.namespaces.selector.matchLabels.size() > 0 \
                   || has(it.allowedRoutes.namespaces.selector.matchExpressions) \
                     && it.allowedRoutes.namespaces.selector.matchExpressions.size() > 0)))",
    ),
    run,
    ..Check::on(Kinds::of(&[gateway::GATEWAY]), include_str!("open_gateway.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for own in cx.inventory().of(gateway::GATEWAY) {
        for listener in own.get("spec.listeners").into_iter().flat_map(Node::items) {
            // A waypoint of a mesh serves callers inside.
            if gateway::text(listener, "protocol") == Some("HBONE") {
                continue;
            }
            if let Some(from) = open(listener) {
                out.push(finding(own, listener, from));
                break;
            }
        }
    }
}

/// What lets every namespace in. The default is the gateway's own namespace.
fn open(listener: Node<'_>) -> Option<Node<'_>> {
    let namespaces = listener.at("allowedRoutes.namespaces")?;
    let from = namespaces.get("from")?;
    let selector = namespaces.get("selector").filter(|it| it.kind() != Type::Null);
    match from.as_str()? {
        "All" => Some(from),
        "Selector" if selector.is_none_or(|it| Selector::read(it).is_empty()) => Some(from),
        _ => None,
    }
}

fn finding(own: &Object, listener: Node<'_>, from: Node<'_>) -> finding::Finding {
    let host = gateway::text(listener, "hostname").unwrap_or("every host");
    let message = format!("a route of any namespace may take paths of {host}");
    CHECK.at(&Place::of(own, from), message)
}
