//! The kinds of Istio, and what is in its mesh.

use std::collections::BTreeSet;

use model::kinds::{self, Kind, namespaced};
use model::tree::Node;
use model::{Object, Workload};

use crate::context::Cx;

/// `PeerAuthentication`.
pub(crate) const PEER_AUTHENTICATION: Kind =
    namespaced("security.istio.io", "PeerAuthentication", "peerauthentications");
/// `RequestAuthentication`.
pub(crate) const REQUEST_AUTHENTICATION: Kind =
    namespaced("security.istio.io", "RequestAuthentication", "requestauthentications");
/// `AuthorizationPolicy`.
pub(crate) const AUTHORIZATION_POLICY: Kind =
    namespaced("security.istio.io", "AuthorizationPolicy", "authorizationpolicies");
/// `DestinationRule`.
pub(crate) const DESTINATION_RULE: Kind =
    namespaced("networking.istio.io", "DestinationRule", "destinationrules");
/// `Gateway`.
pub(crate) const GATEWAY: Kind = namespaced("networking.istio.io", "Gateway", "gateways");
/// `Sidecar`.
pub(crate) const SIDECAR: Kind = namespaced("networking.istio.io", "Sidecar", "sidecars");
/// `IstioOperator`, which stands in files.
pub(crate) const ISTIO_OPERATOR: Kind =
    namespaced("install.istio.io", "IstioOperator", "istiooperators");

/// The namespace whose policies hold for the whole mesh, unless another is set up.
pub(crate) const ROOT: &str = "istio-system";

/// The namespace of an object of a custom kind.
pub(crate) fn namespace_of(object: &Object) -> &str {
    Some(object.namespace()).filter(|it| !it.is_empty()).unwrap_or("default")
}

/// Whether new pods of a namespace join the mesh.
pub(crate) fn is_meshed(namespace: &Object) -> bool {
    let label = |key| namespace.labels().get(key).filter(|value| !value.is_empty());
    match label("istio-injection") {
        Some("enabled") => true,
        Some("disabled") => false,
        _ => label("istio.io/rev").is_some() || label("istio.io/dataplane-mode") == Some("ambient"),
    }
}

/// The namespaces of the input whose pods join the mesh, and in which something runs.
pub(crate) fn meshed<'a>(cx: &Cx<'a>) -> impl Iterator<Item = &'a Object> {
    let used: BTreeSet<&str> = cx.workloads().map(|it: Workload<'a>| it.namespace()).collect();
    let namespaces = cx.inventory().of(kinds::NAMESPACE);
    namespaces.filter(move |it| used.contains(it.name()) && is_meshed(it))
}

/// Whether a policy is for every workload of its namespace.
pub(crate) fn is_for_all(policy: &Object) -> bool {
    let labels = policy.get("spec.selector.matchLabels");
    let targets = policy.get("spec.targetRefs").is_some_and(|it| it.items().next().is_some());
    labels.is_none_or(|labels| labels.entries().next().is_none())
        && !targets
        && policy.get("spec.targetRef").is_none_or(|it| it.entries().next().is_none())
}

/// The policies that hold in a namespace: its own and those of the root.
pub(crate) fn holding_in<'a>(
    cx: &Cx<'a>,
    kind: Kind,
    namespace: &str,
) -> impl Iterator<Item = &'a Object> {
    cx.inventory().of(kind).filter(move |it| {
        let own = namespace_of(it);
        own == namespace || own == ROOT
    })
}

/// Whether a text or a key at or below a value begins with one of some words.
pub(crate) fn mentions(node: Node<'_>, words: &[&str]) -> bool {
    words.iter().any(|word| node.key().starts_with(word) || node.text().starts_with(word))
        || node.children().any(|child| mentions(child, words))
}
