//! A gateway that serves pages over plain HTTP.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place, Selector, kinds};

use crate::check::Framework::Nsa;
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::gateway;

pub(crate) const CHECK: Check = Check {
    id: "plain-gateway-listener",
    title: "Gateway serves plain HTTP",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: &[gateway::HTTP_ROUTE],
    frameworks: &[Nsa(check::Nsa::Network)],
    effort: Hours(2),
    fix: Fix::Review("Attach the routes to an HTTPS listener, and let this one redirect to it"),
    cel: Cel::Refused("the Gateway and the routes attached to it must be seen together"),
    run,
    ..Check::on(Kinds::of(&[gateway::GATEWAY]), include_str!("plain_gateway_listener.md"))
};

/// The label by which every namespace carries its own name.
const NAME_LABEL: &str = "kubernetes.io/metadata.name";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let neighbours = cx.neighbours();
    let routes: Vec<&Object> = cx.inventory().of(gateway::HTTP_ROUTE).collect();
    for own in cx.inventory().of(gateway::GATEWAY).filter(|own| !is_internal(own)) {
        let listeners = || own.get("spec.listeners").into_iter().flat_map(Node::items);
        for listener in listeners() {
            let protocol = listener.get("protocol").filter(|it| it.as_str() == Some("HTTP"));
            let serving = |route: &&&Object| {
                neighbours.may_meet(route, own)
                    && attaches(route, own, listener)
                    && admits(cx, own, listener, route)
                    && !redirects(route)
            };
            let Some(protocol) = protocol else { continue };
            if let Some(route) = routes.iter().find(serving) {
                let message = format!("{} is served over plain HTTP", route.id());
                out.push(CHECK.at(&Place::of(own, protocol), message));
            }
        }
    }
}

/// Whether its maker or its address keeps it inside.
fn is_internal(own: &Object) -> bool {
    let class = own.get("spec.gatewayClassName").and_then(Node::as_str).unwrap_or_default();
    class.contains("internal")
        || class.contains("rilb")
        || class.contains("waypoint")
        || own.annotation("networking.istio.io/service-type").and_then(Node::as_str)
            == Some("ClusterIP")
}

/// Whether a route attaches to a listener: by its name, by its port, or to all listeners whose host
/// it shares.
fn attaches(route: &Object, own: &Object, listener: Node<'_>) -> bool {
    gateway::parents(route).filter(|it| gateway::is_parent(route, *it, own)).any(|parent| {
        let section = gateway::text(parent, "sectionName");
        let port = parent.get("port").and_then(Node::as_i64);
        let named = section.is_none_or(|name| gateway::text(listener, "name") == Some(name));
        let on = port.is_none_or(|it| listener.get("port").and_then(Node::as_i64) == Some(it));
        named && on && shares_host(route, listener)
    })
}

/// Whether a listener takes routes from the namespace of this one; by default from its own alone.
fn admits(cx: &Cx<'_>, own: &Object, listener: Node<'_>, route: &Object) -> bool {
    let (here, there) = (gateway::namespace(own), gateway::namespace(route));
    let namespaces = listener.at("allowedRoutes.namespaces");
    match namespaces.and_then(|it| gateway::text(it, "from")) {
        Some("All") => true,
        Some("Selector") => {
            let Some(selector) = namespaces.and_then(|it| it.get("selector")) else { return true };
            let named = selector.get("matchLabels").and_then(|it| it.get(NAME_LABEL));
            let mut objects = cx.inventory().of(kinds::NAMESPACE).filter(|it| it.name() == there);
            let selects = |it: &Object| Selector::read(selector).matches(it.labels());
            named.map_or_else(|| objects.any(selects), |name| name.text() == there)
        }
        _ => here == there,
    }
}

fn shares_host(route: &Object, listener: Node<'_>) -> bool {
    let Some(own) = gateway::text(listener, "hostname") else { return true };
    let hosts = || route.get("spec.hostnames").into_iter().flat_map(Node::strings);
    let covers = |wide: &str, host: &str| {
        wide == host || wide.strip_prefix('*').is_some_and(|end| host.ends_with(end))
    };
    hosts().next().is_none() || hosts().any(|host| covers(own, host) || covers(host, own))
}

/// Whether every rule of a route only leads to TLS.
fn redirects(route: &Object) -> bool {
    let redirect = |rule: Node<'_>| {
        let filters = rule.get("filters").into_iter().flat_map(Node::items);
        let mut redirects = filters.filter_map(|filter| filter.get("requestRedirect"));
        redirects.any(|it| gateway::text(it, "scheme") == Some("https"))
    };
    let mut rules = gateway::rules(route).peekable();
    rules.peek().is_some() && rules.all(redirect)
}
