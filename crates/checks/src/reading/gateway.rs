//! The Gateway API: gateways, routes and what they lead to.

use model::kinds::{Kind, namespaced};
use model::tree::Node;
use model::{Kinds, Object};

const GROUP: &str = "gateway.networking.k8s.io";

/// `Gateway` of `gateway.networking.k8s.io`.
pub(crate) const GATEWAY: Kind = namespaced(GROUP, "Gateway", "gateways");
/// `HTTPRoute` of `gateway.networking.k8s.io`.
pub(crate) const HTTP_ROUTE: Kind = namespaced(GROUP, "HTTPRoute", "httproutes");
/// `GRPCRoute` of `gateway.networking.k8s.io`.
pub(crate) const GRPC_ROUTE: Kind = namespaced(GROUP, "GRPCRoute", "grpcroutes");
/// `TLSRoute` of `gateway.networking.k8s.io`.
pub(crate) const TLS_ROUTE: Kind = namespaced(GROUP, "TLSRoute", "tlsroutes");
/// `TCPRoute` of `gateway.networking.k8s.io`.
pub(crate) const TCP_ROUTE: Kind = namespaced(GROUP, "TCPRoute", "tcproutes");
/// `UDPRoute` of `gateway.networking.k8s.io`.
pub(crate) const UDP_ROUTE: Kind = namespaced(GROUP, "UDPRoute", "udproutes");
/// `ReferenceGrant` of `gateway.networking.k8s.io`.
pub(crate) const REFERENCE_GRANT: Kind = namespaced(GROUP, "ReferenceGrant", "referencegrants");

/// All routes.
pub(crate) const ROUTES: Kinds =
    Kinds::of(&[HTTP_ROUTE, GRPC_ROUTE, TLS_ROUTE, TCP_ROUTE, UDP_ROUTE]);

/// A Service that a route leads to.
#[derive(Clone, Copy)]
pub(crate) struct Backend<'a> {
    /// What says so.
    pub(crate) node: Node<'a>,
    /// The namespace of the Service.
    pub(crate) namespace: &'a str,
    /// The Service.
    pub(crate) service: &'a str,
    /// Its port by number.
    pub(crate) port: Option<Node<'a>>,
}

/// The namespace of an object of a custom kind that lives in one.
pub(crate) fn namespace(object: &Object) -> &str {
    match object.namespace() {
        "" => "default",
        namespace => namespace,
    }
}

/// The references of a route to gateways.
pub(crate) fn parents(route: &Object) -> impl Iterator<Item = Node<'_>> {
    let parents = route.get("spec.parentRefs").into_iter().flat_map(Node::items);
    parents.filter(|parent| matches!(text(*parent, "kind"), None | Some("Gateway")))
}

/// Whether a reference of a route is to a gateway.
pub(crate) fn is_parent(route: &Object, parent: Node<'_>, gateway: &Object) -> bool {
    let own = text(parent, "namespace").unwrap_or(namespace(route));
    text(parent, "name") == Some(gateway.name()) && own == namespace(gateway)
}

/// The rules of a route.
pub(crate) fn rules(route: &Object) -> impl Iterator<Item = Node<'_>> {
    route.get("spec.rules").into_iter().flat_map(Node::items)
}

/// The Services that a route leads to.
pub(crate) fn backends(route: &Object) -> impl Iterator<Item = Backend<'_>> {
    let references = rules(route).filter_map(|rule| rule.get("backendRefs")).flat_map(Node::items);
    references.filter_map(|node| {
        let is_service = matches!(text(node, "kind"), None | Some("Service"))
            && matches!(text(node, "group"), None | Some("core"));
        let namespace = text(node, "namespace").unwrap_or(namespace(route));
        let service = text(node, "name").filter(|_| is_service)?;
        Some(Backend { node, namespace, service, port: node.get("port") })
    })
}

/// A string of a mapping that is not empty.
pub(crate) fn text<'a>(node: Node<'a>, field: &str) -> Option<&'a str> {
    node.get(field).and_then(Node::as_text)
}
