//! Fact: which network policies bind a workload, and what they let out. Nothing here judges.
//!
//! ```text
//! Inventory ─▶ Policies ─▶ Isolation of a workload · egress to an address
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`policy`] | one NetworkPolicy: whom it selects, which directions it isolates |
//! | [`cidr`] | address ranges |

pub mod cidr;
pub mod policy;

use std::net::IpAddr;

use model::{Inventory, Workload, kinds};

pub use policy::{Direction, Policy};

/// Kinds of other makers that also decide who reaches whom, and that are not evaluated here.
const BEYOND: &[(&str, &str)] = &[
    ("policy.networking.k8s.io", "AdminNetworkPolicy"),
    ("policy.networking.k8s.io", "BaselineAdminNetworkPolicy"),
    ("policy.networking.k8s.io", "ClusterNetworkPolicy"),
    ("cilium.io", "CiliumNetworkPolicy"),
    ("cilium.io", "CiliumClusterwideNetworkPolicy"),
    ("crd.projectcalico.org", "NetworkPolicy"),
    ("crd.projectcalico.org", "GlobalNetworkPolicy"),
    ("projectcalico.org", "NetworkPolicy"),
    ("projectcalico.org", "GlobalNetworkPolicy"),
];

/// Whether objects of a kind decide who reaches whom.
pub fn decides(group: &str, kind: &str) -> bool {
    let policy = kinds::NETWORK_POLICY;
    (group, kind) == (policy.group, policy.kind) || BEYOND.contains(&(group, kind))
}

/// The network policies of an inventory.
#[derive(Debug)]
pub struct Policies<'a> {
    policies: Vec<Policy<'a>>,
    beyond: Option<&'static str>,
}

impl<'a> Policies<'a> {
    /// Reads the network policies of an inventory.
    pub fn of(inventory: &'a Inventory) -> Self {
        let policies = inventory.of(kinds::NETWORK_POLICY).map(Policy::read).collect();
        let met = |(group, kind): &&(&str, &str)| inventory.named(group, kind).next().is_some();
        Self { policies, beyond: BEYOND.iter().find(met).map(|(_, kind)| *kind) }
    }

    /// A kind in the input that also decides who reaches whom but is not evaluated here, so that
    /// an answer from the others is no proof.
    pub fn beyond(&self) -> Option<&'static str> {
        self.beyond
    }

    /// The policies of a namespace.
    pub fn within<'b>(&'b self, namespace: &'b str) -> impl Iterator<Item = &'b Policy<'a>> {
        self.policies.iter().filter(move |policy| policy.namespace() == namespace)
    }

    /// Whether some policy of the namespace selects every pod in it and isolates a direction, so
    /// that what nothing allows is denied.
    pub fn denies_by_default(&self, namespace: &str, direction: Direction) -> bool {
        self.within(namespace).any(|it| it.selects_all() && it.isolates(direction))
    }

    /// The policies that isolate a workload in a direction. None of them means that nothing is
    /// denied. Pods on the host network are subject to none.
    pub fn isolating<'b>(
        &'b self,
        workload: &Workload<'b>,
        direction: Direction,
    ) -> Vec<&'b Policy<'a>> {
        if workload.flag("hostNetwork") {
            return Vec::new();
        }
        self.within(workload.namespace())
            .filter(|policy| policy.isolates(direction) && policy.selects(workload.labels()))
            .collect()
    }

    /// Whether a workload may open a TCP connection to an address outside the cluster's pods.
    pub fn lets_out(&self, workload: &Workload<'_>, address: IpAddr, port: u16) -> bool {
        let isolating = self.isolating(workload, Direction::Egress);
        isolating.is_empty() || isolating.iter().any(|it| it.lets_out(address, port))
    }
}
