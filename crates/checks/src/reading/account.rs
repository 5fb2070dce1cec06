//! Service accounts: which are in view, and whether pods get their tokens.

use std::collections::BTreeMap;

use model::tree::Node;
use model::{Inventory, Object, Workload, kinds};

use crate::reading::neighbour::Neighbours;

/// The service accounts of an inventory, by namespace and name.
#[derive(Debug)]
pub(crate) struct Accounts<'a> {
    known: BTreeMap<&'a str, BTreeMap<&'a str, Vec<&'a Object>>>,
    neighbours: Neighbours<'a>,
}

impl<'a> Accounts<'a> {
    /// The accounts that are objects of an inventory.
    pub(crate) fn of(inventory: &'a Inventory) -> Self {
        let mut known: BTreeMap<_, BTreeMap<_, Vec<_>>> = BTreeMap::new();
        for object in inventory.of(kinds::SERVICE_ACCOUNT) {
            let own = known.entry(object.namespace()).or_default();
            own.entry(object.name()).or_default().push(object);
        }
        Self { known, neighbours: Neighbours::of(inventory) }
    }

    /// Whether an account is missing from where it should be: it is not in the input, and others of
    /// its namespace are, from the same folder or cluster as the object that speaks of it. Every
    /// namespace has a `default` of its own, and a name with a placeholder in it says nothing.
    pub(crate) fn lacks(&self, namespace: &str, name: &str, spoken_of_by: &Object) -> bool {
        let Some(known) = self.known.get(namespace) else { return false };
        let is_a_name = name != "default" && !name.contains(['$', '{', '%']);
        is_a_name
            && !known.contains_key(name)
            && known.values().flatten().any(|account| self.neighbours.are(account, spoken_of_by))
    }

    /// Whether the API server gives the pods of a workload a token unasked: the pod's word counts,
    /// else the account's, else yes.
    pub(crate) fn gives_token(&self, workload: Workload<'_>) -> bool {
        let says = |node: Node<'_>| node.get("automountServiceAccountToken")?.as_bool();
        let account = self.known.get(workload.namespace());
        let account = account.and_then(|known| known.get(workload.service_account())?.last());
        let said = says(workload.spec()).or_else(|| says(account?.root()));
        said != Some(false)
    }
}
