//! One `NetworkPolicy`, read as the API defines it.

use std::net::IpAddr;

use model::object::Labels;
use model::tree::{Node, Type};
use model::{Object, Selector, Selects};

use crate::cidr::Cidr;
use crate::rule::{self, Direction, Rule};

/// A `NetworkPolicy`.
#[derive(Clone, Debug)]
pub struct Policy<'a> {
    object: &'a Object,
    selector: Selector<'a>,
    ingress: bool,
    egress: bool,
}

impl<'a> Selects<'a> for Policy<'a> {
    fn namespace(&self) -> &'a str {
        self.object.namespace()
    }

    fn selector(&self) -> &Selector<'a> {
        &self.selector
    }
}

impl<'a> Policy<'a> {
    pub(crate) fn read(object: &'a Object) -> Self {
        let selector = object.get("spec.podSelector").map(Selector::read).unwrap_or_default();
        let has = |path| object.get(path).is_some_and(|it| it.items().next().is_some());
        let types = object.get("spec.policyTypes").filter(|it| it.kind() != Type::Null);
        let listed = |name| types.is_some_and(|it| it.strings().any(|own| own == name));
        // Without types a policy isolates ingress, and egress only if it has a rule for it.
        let unsaid = types.is_none_or(|it| it.kind() == Type::Seq && it.items().next().is_none());
        Self {
            object,
            selector,
            ingress: if unsaid { true } else { listed("Ingress") },
            egress: if unsaid { has("spec.egress") } else { listed("Egress") },
        }
    }

    /// The object that wrote it.
    pub fn object(&self) -> &'a Object {
        self.object
    }

    /// The namespace it applies to.
    pub fn namespace(&self) -> &'a str {
        self.object.namespace()
    }

    /// Whether it selects every pod of its namespace.
    pub fn selects_all(&self) -> bool {
        self.selector.is_empty()
    }

    /// Whether it selects pods with these labels.
    pub fn selects(&self, labels: Labels<'_>) -> bool {
        self.selector.matches(labels)
    }

    /// Whether the pods it selects are denied in a direction what no policy allows.
    pub fn isolates(&self, direction: Direction) -> bool {
        match direction {
            Direction::Ingress => self.ingress,
            Direction::Egress => self.egress,
        }
    }

    /// Whether it isolates a direction only to allow everything in it, with a rule that names
    /// neither peers nor ports.
    pub fn allows_all(&self, direction: Direction) -> bool {
        let empty = |rule: Node<'_>, list| rule.get(list).is_none_or(|it| it.items().count() == 0);
        let peers = match direction {
            Direction::Ingress => "from",
            Direction::Egress => "to",
        };
        self.isolates(direction)
            && self.items(direction).any(|rule| empty(rule, peers) && empty(rule, "ports"))
    }

    /// Whether it allows a TCP connection from the pods it selects to an address that is no pod's.
    pub(crate) fn lets_out(&self, address: IpAddr, port: u16) -> bool {
        let mut rules = self.items(Direction::Egress);
        rules.any(|rule| names_address(rule, address) && names_port(rule, port))
    }

    /// Its rules for a direction; none of them counts where it does not isolate that direction.
    pub fn rules(&self, direction: Direction) -> impl Iterator<Item = Rule<'a>> {
        self.items(direction).map(move |item| Rule::read(item, direction))
    }

    fn items(&self, direction: Direction) -> impl Iterator<Item = Node<'a>> {
        let field = match direction {
            Direction::Ingress => "spec.ingress",
            Direction::Egress => "spec.egress",
        };
        self.object.get(field).into_iter().flat_map(Node::items)
    }
}

/// A rule without `to`, or with an empty one, names every peer. Selectors name pods only.
fn names_address(rule: Node<'_>, address: IpAddr) -> bool {
    let Some(peers) = rule.get("to").filter(|to| to.items().next().is_some()) else { return true };
    peers.items().filter_map(|peer| peer.get("ipBlock")).any(|block| {
        let range = |node: Node<'_>| node.as_str().and_then(Cidr::parse);
        let inside = |node: Node<'_>| range(node).is_some_and(|range| range.contains(address));
        let except = block.get("except").into_iter().flat_map(Node::items);
        block.get("cidr").is_some_and(inside) && !except.into_iter().any(inside)
    })
}

/// A rule without `ports`, or with an empty list, names every port. A named port is one of a pod
/// and matches no address outside.
fn names_port(rule: Node<'_>, port: u16) -> bool {
    let Some(ports) = rule.get("ports").filter(|it| it.items().next().is_some()) else {
        return true;
    };
    ports.items().any(|own| rule::covers(own, "TCP", port))
}
