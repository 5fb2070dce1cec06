//! Fact: which network policies bind a workload, and what they let out. Nothing here judges.
//!
//! ```text
//! Inventory ─▶ Policies ─▶ Isolation of a workload · egress to an address
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`policy`] | one NetworkPolicy: whom it selects, which directions it isolates |
//! | [`rule`] | one rule of a policy, and the peers it names |
//! | [`cidr`] | address ranges |

pub mod cidr;
pub mod policy;
pub mod rule;

use std::net::IpAddr;

use model::kinds::{self, Kind, cluster, namespaced};
use model::{Inventory, Selecting, Workload};

pub use policy::Policy;
pub use rule::{Direction, Peer, Rule};

/// Every kind that decides who reaches whom: where one of them was not seen, nothing is known to be
/// open.
pub const KINDS: &[Kind] = &kinds::joined::<{ BEYOND.len() + 1 }>(&[kinds::NETWORK_POLICY], BEYOND);

/// Kinds of other makers that also decide who reaches whom, and that are not evaluated here.
pub const BEYOND: &[Kind] = &[
    cluster("policy.networking.k8s.io", "AdminNetworkPolicy", "adminnetworkpolicies"),
    cluster(
        "policy.networking.k8s.io",
        "BaselineAdminNetworkPolicy",
        "baselineadminnetworkpolicies",
    ),
    cluster("policy.networking.k8s.io", "ClusterNetworkPolicy", "clusternetworkpolicies"),
    namespaced("cilium.io", "CiliumNetworkPolicy", "ciliumnetworkpolicies"),
    cluster("cilium.io", "CiliumClusterwideNetworkPolicy", "ciliumclusterwidenetworkpolicies"),
    namespaced("crd.projectcalico.org", "NetworkPolicy", "networkpolicies"),
    cluster("crd.projectcalico.org", "GlobalNetworkPolicy", "globalnetworkpolicies"),
    namespaced("projectcalico.org", "NetworkPolicy", "networkpolicies"),
    cluster("projectcalico.org", "GlobalNetworkPolicy", "globalnetworkpolicies"),
    namespaced("crd.antrea.io", "NetworkPolicy", "networkpolicies"),
    cluster("crd.antrea.io", "ClusterNetworkPolicy", "clusternetworkpolicies"),
    namespaced("k8s.ovn.org", "EgressFirewall", "egressfirewalls"),
    namespaced("network.openshift.io", "EgressNetworkPolicy", "egressnetworkpolicies"),
    namespaced("networking.gke.io", "FQDNNetworkPolicy", "fqdnnetworkpolicies"),
    namespaced("networking.k8s.aws", "ApplicationNetworkPolicy", "applicationnetworkpolicies"),
    cluster("networking.k8s.aws", "ClusterNetworkPolicy", "clusternetworkpolicies"),
];

/// How a workload gets out to an address.
#[derive(Clone, Copy, Debug)]
pub enum WayOut<'b, 'a> {
    /// It shares the network of its node, where no policy holds it.
    HostNetwork,
    /// No policy isolates its egress.
    Unlimited,
    /// A policy that isolates its egress allows it.
    Allowed(&'b Policy<'a>),
}

/// Whether objects of a kind decide who reaches whom.
pub fn decides(group: &str, kind: &str) -> bool {
    let is = |known: &Kind| (known.group, known.kind) == (group, kind);
    is(&kinds::NETWORK_POLICY) || BEYOND.iter().any(is)
}

/// The network policies of an inventory.
#[derive(Debug)]
pub struct Policies<'a> {
    policies: Selecting<'a, Policy<'a>>,
    beyond: Option<&'static str>,
}

impl<'a> Policies<'a> {
    /// Reads the network policies of an inventory.
    pub fn of(inventory: &'a Inventory) -> Self {
        let policies = inventory.of(kinds::NETWORK_POLICY).map(Policy::read).collect();
        let met = |kind: &&Kind| inventory.of(**kind).next().is_some();
        Self { policies, beyond: BEYOND.iter().find(met).map(|kind| kind.kind) }
    }

    /// A kind in the input that also decides who reaches whom but is not evaluated here, so that
    /// an answer from the others is no proof.
    pub fn beyond(&self) -> Option<&'static str> {
        self.beyond
    }

    /// All policies, namespace by namespace.
    pub fn all(&self) -> impl Iterator<Item = &Policy<'a>> {
        self.policies.all()
    }

    /// The policies of a namespace.
    pub fn within<'b>(&'b self, namespace: &str) -> impl Iterator<Item = &'b Policy<'a>> {
        self.policies.within(namespace)
    }

    /// Whether every pod of a namespace is denied in a direction what no policy allows, and
    /// something is left to deny: policies only ever add up, so one that allows everything to every
    /// pod undoes all others.
    pub fn denies_by_default(&self, namespace: &str, direction: Direction) -> bool {
        self.within(namespace).any(|it| it.selects_all() && it.isolates(direction))
            && self.allowing_all(namespace, direction).is_none()
    }

    /// A policy that allows every pod of a namespace everything in a direction.
    pub fn allowing_all<'b>(
        &'b self,
        namespace: &'b str,
        direction: Direction,
    ) -> Option<&'b Policy<'a>> {
        self.within(namespace).find(|it| it.selects_all() && it.allows_all(direction))
    }

    /// The policies that select the pods of a workload, even of one on the host network, which they
    /// do not hold.
    pub fn selecting<'b>(
        &'b self,
        workload: &Workload<'b>,
    ) -> impl Iterator<Item = &'b Policy<'a>> + use<'a, 'b> {
        self.policies.selecting(workload.namespace(), workload.labels())
    }

    /// The policies that isolate a workload in a direction. None of them means that nothing is
    /// denied. Pods on the host network are subject to none.
    pub fn isolating<'b>(
        &'b self,
        workload: &Workload<'b>,
        direction: Direction,
    ) -> impl Iterator<Item = &'b Policy<'a>> + use<'a, 'b> {
        let is_held = !workload.flag("hostNetwork");
        self.selecting(workload).filter(move |policy| is_held && policy.isolates(direction))
    }

    /// How a workload may open a TCP connection to an address outside the cluster's pods; nothing
    /// if it may not.
    pub fn way_out<'b>(
        &'b self,
        workload: &Workload<'b>,
        address: IpAddr,
        port: u16,
    ) -> Option<WayOut<'b, 'a>> {
        if workload.flag("hostNetwork") {
            return Some(WayOut::HostNetwork);
        }
        let mut isolating = self.isolating(workload, Direction::Egress).peekable();
        if isolating.peek().is_none() {
            return Some(WayOut::Unlimited);
        }
        let allowing = isolating.find(|policy| policy.lets_out(address, port));
        allowing.map(WayOut::Allowed)
    }
}
