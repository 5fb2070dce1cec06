//! How the flags of components read, for the checks that judge them.

use std::net::IpAddr;

use model::component::{Flag, truth};
use model::{Component, Kinds, Node, Place, kinds};

use crate::check::Cel;

/// What starts the components of a control plane: pods, and the file kubeadm makes them of.
pub(crate) const KINDS: Kinds = Kinds::of(&[
    kinds::POD,
    kinds::DAEMON_SET,
    kinds::DEPLOYMENT,
    kinds::STATEFUL_SET,
    kinds::CLUSTER_CONFIGURATION,
]);

/// Why no admission policy stands in for a check of a component.
pub(crate) const NO_TWIN: Cel = Cel::Refused(
    "a node starts a component from its file, whatever admission says of the copy that the API \
     server shows",
);

/// Why no admission policy stands in for a check of a file.
pub(crate) const NO_TWIN_OF_A_FILE: Cel =
    Cel::Refused("a program reads it as a file, and it never passes the API server");

/// A flag that is given and says something.
pub(crate) fn given<'a>(component: &Component<'a>, name: &str) -> Option<Flag<'a>> {
    component.flag(name).filter(|flag| !flag.value.is_empty())
}

/// Where a switch is surely in a state, be it by its default.
pub(crate) fn switched<'a>(
    component: &Component<'a>,
    name: &str,
    default: bool,
    state: bool,
) -> Option<Place<'a>> {
    match given(component, name) {
        Some(flag) => (truth(flag.value) == Some(state)).then_some(flag.place),
        None => (default == state).then(|| component.place()),
    }
}

/// What a list of feature gates says of one, such as `A=true,B=false`.
pub(crate) fn gate(gates: &str, name: &str) -> Option<bool> {
    let mut pairs = gates.split(',').filter_map(|pair| pair.split_once('='));
    pairs.rfind(|(gate, _)| gate.trim() == name).and_then(|(_, on)| truth(on.trim()))
}

/// Where a component listens on every address of its node: its bind address is a wildcard, or the
/// default, which is one. A pod with a network of its own has no address of the node.
pub(crate) fn listens_everywhere<'a>(component: &Component<'a>) -> Option<Place<'a>> {
    let is_off = given(component, "secure-port").is_some_and(|flag| flag.value == "0");
    if is_off || has_own_network(component) {
        return None;
    }
    match given(component, "bind-address") {
        Some(flag) => is_wildcard(flag.value).then_some(flag.place),
        None => Some(component.place()),
    }
}

/// Whether a component runs in pods that a controller makes, and these have a network of their own.
/// A bare pod is a static one, whose place is the node's network.
pub(crate) fn has_own_network(component: &Component<'_>) -> bool {
    let template = component.object().get("spec.template.spec");
    template.is_some_and(|spec| spec.get("hostNetwork").and_then(Node::as_bool) != Some(true))
}

/// Whether a host stands for every address.
pub(crate) fn is_wildcard(host: &str) -> bool {
    address(host).is_some_and(|address| address.is_unspecified())
}

/// Whether a host is the machine itself.
pub(crate) fn is_local(host: &str) -> bool {
    host == "localhost" || address(host).is_some_and(|address| address.is_loopback())
}

/// The host of an address with a port, such as `[::1]:10249`.
pub(crate) fn host(address: &str) -> &str {
    match address.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None if address.matches(':').count() > 1 => address,
        None => address.split(':').next().unwrap_or_default(),
    }
}

fn address(host: &str) -> Option<IpAddr> {
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{gate, host, is_local, is_wildcard};

    #[test]
    fn a_host_is_read_from_an_address() {
        assert_eq!(host("[::1]:10249"), "::1");
        assert_eq!(host("127.0.0.1:10249"), "127.0.0.1");
        assert_eq!(host("::"), "::");
        assert!(is_wildcard("::") && is_wildcard("[::]") && is_wildcard("0.0.0.0"));
        assert!(is_local("127.0.0.2") && is_local("::1") && !is_local("$(HOST_IP)"));
    }

    #[test]
    fn the_last_word_on_a_feature_gate_counts() {
        assert_eq!(gate("A=true,B=false, A=false", "A"), Some(false));
        assert_eq!(gate("A=true", "B"), None);
    }
}
