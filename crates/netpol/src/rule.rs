//! One rule of a `NetworkPolicy`, and the peers it names.

use model::Selector;
use model::tree::{Node, Type};

use crate::cidr::Cidr;

/// A direction of traffic, seen from the pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the pod.
    Ingress,
    /// From the pod.
    Egress,
}

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'a> {
    node: Node<'a>,
    peers: Option<Node<'a>>,
    ports: Option<Node<'a>>,
}

/// One peer of a rule: pods, namespaces or a range of addresses.
#[derive(Clone, Copy, Debug)]
pub struct Peer<'a>(Node<'a>);

impl<'a> Rule<'a> {
    pub(crate) fn read(node: Node<'a>, direction: Direction) -> Self {
        let list = |field| node.get(field).filter(|list| list.items().next().is_some());
        let peers = match direction {
            Direction::Ingress => "from",
            Direction::Egress => "to",
        };
        Self { node, peers: list(peers), ports: list("ports") }
    }

    /// What it says.
    pub fn node(self) -> Node<'a> {
        self.node
    }

    /// Whether it names every peer there is, pods and addresses: its list is empty or missing.
    pub fn names_every_peer(self) -> bool {
        self.peers.is_none()
    }

    /// The peers it lists.
    pub fn peers(self) -> impl Iterator<Item = Peer<'a>> {
        self.peers.into_iter().flat_map(Node::items).map(Peer)
    }

    /// Whether it names every port of some protocol: its list is empty or missing, or an item of it
    /// names a protocol alone.
    pub fn names_every_port(self) -> bool {
        let unsaid = |port: Node<'_>| port.get("port").is_none_or(|it| it.kind() == Type::Null);
        self.ports.is_none_or(|ports| ports.items().any(unsaid))
    }

    /// What in it names every address, without exception and on every port, if something does.
    pub fn everything(self) -> Option<Node<'a>> {
        if !self.names_every_port() {
            return None;
        }
        if self.names_every_peer() {
            return Some(self.node);
        }
        self.peers().find(|peer| peer.is_everywhere() && !peer.has_exceptions())?.range()
    }

    /// Whether it names a port of a protocol by its number.
    pub fn names_port(self, protocol: &str, port: u16) -> bool {
        self.ports.is_none_or(|ports| ports.items().any(|own| covers(own, protocol, port)))
    }

    /// The ports it names by name, for a protocol: each is a port of the pod at the other end.
    pub fn named_ports(self, protocol: &str) -> impl Iterator<Item = &'a str> {
        let ports = self.ports.into_iter().flat_map(Node::items);
        let ports = ports.filter(move |own| protocol_of(*own) == protocol);
        ports.filter_map(|own| own.get("port")?.as_text())
    }
}

impl<'a> Peer<'a> {
    /// What it says.
    pub fn node(self) -> Node<'a> {
        self.0
    }

    /// The selector of its pods, if it has one.
    pub fn pods(self) -> Option<Selector<'a>> {
        self.set("podSelector").map(Selector::read)
    }

    /// The selector of its namespaces, if it has one; without it, pods are those of the policy's own.
    pub fn namespaces(self) -> Option<Selector<'a>> {
        self.set("namespaceSelector").map(Selector::read)
    }

    /// The field that holds its range of addresses, if it has one.
    pub fn range(self) -> Option<Node<'a>> {
        self.set("ipBlock")?.get("cidr")
    }

    /// Whether it excepts a part of its range.
    pub fn has_exceptions(self) -> bool {
        self.0.at("ipBlock.except").is_some_and(|it| it.items().next().is_some())
    }

    /// Whether its range is all addresses of a family.
    pub fn is_everywhere(self) -> bool {
        let range = self.range().and_then(Node::as_str).and_then(Cidr::parse);
        range.is_some_and(Cidr::is_everything)
    }

    fn set(self, field: &str) -> Option<Node<'a>> {
        self.0.get(field).filter(|it| it.kind() != Type::Null)
    }
}

/// A rule's item covers a port of a protocol by number; without a port it covers all of them.
pub(crate) fn covers(own: Node<'_>, protocol: &str, port: u16) -> bool {
    let first = own.get("port").filter(|it| it.kind() != Type::Null);
    let inside = match (first, first.and_then(Node::as_i64)) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(_), Some(first)) => {
            let last = own.get("endPort").and_then(Node::as_i64).unwrap_or(first);
            (first..=last).contains(&i64::from(port))
        }
    };
    protocol_of(own) == protocol && inside
}

fn protocol_of(port: Node<'_>) -> &str {
    port.get("protocol").and_then(Node::as_str).unwrap_or("TCP")
}
