//! Fact: who may do what, and which binding says so. Nothing here judges.
//!
//! ```text
//! Inventory ─▶ Rbac { Role { Rule } ◀─ Binding ─▶ Subject }
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`rule`] | what one rule allows, matched as the RBAC authorizer does |
//! | [`role`] | roles, aggregated ones and the ones every cluster is born with |
//! | [`binding`] | bindings of roles to subjects |
//! | [`subject`] | users, groups and service accounts, and who belongs to them |
//! | [`bootstrap`] | what the API server itself creates |

pub mod binding;
pub mod bootstrap;
pub mod role;
pub mod rule;
pub mod subject;

use std::collections::{BTreeMap, BTreeSet};

use model::{Inventory, Kinds};

pub use binding::{Binding, Scope};
pub use bootstrap::is_bootstrap;
pub use role::{Role, RoleId};
pub use rule::Rule;
pub use subject::{Named, Subject};

use subject::Accounts;

/// All roles and bindings of an inventory, joined.
#[derive(Debug)]
pub struct Rbac<'a> {
    roles: BTreeMap<RoleId<'a>, Role<'a>>,
    bindings: Vec<Binding<'a>>,
    by_role: BTreeMap<RoleId<'a>, Vec<usize>>,
    by_accounts: BTreeMap<Accounts<'a>, Vec<usize>>,
    complete: bool,
}

impl<'a> Rbac<'a> {
    /// Reads the roles and bindings of an inventory.
    pub fn of(inventory: &'a Inventory) -> Self {
        let mut roles: BTreeMap<_, _> = Role::built_in().map(|role| (role.id(), role)).collect();
        let own = inventory.of_any(Kinds::ROLES).map(Role::read);
        roles.extend(own.map(|role| (role.id(), role)));
        let complete = role::aggregate(&mut roles);
        let bindings: Vec<_> = inventory.of_any(Kinds::BINDINGS).map(Binding::read).collect();
        let (by_role, by_accounts) = (by_role(&bindings), by_accounts(&bindings));
        Self { roles, bindings, by_role, by_accounts, complete }
    }

    /// Whether every aggregated role has the rules of all it selects. Only where thousands of roles
    /// select each other is some work left undone.
    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// The roles, built-in ones included.
    pub fn roles(&self) -> impl Iterator<Item = &Role<'a>> {
        self.roles.values()
    }

    /// The bindings, in the order of the input.
    pub fn bindings(&self) -> impl Iterator<Item = &Binding<'a>> {
        self.bindings.iter()
    }

    /// The role that a binding grants, or nothing if it is not in view.
    pub fn role_of(&self, binding: &Binding<'a>) -> Option<&Role<'a>> {
        self.roles.get(&binding.role())
    }

    /// The bindings that grant a role, in the order of the input.
    pub fn bindings_of(&self, role: &RoleId<'a>) -> impl Iterator<Item = &Binding<'a>> {
        let indices = self.by_role.get(role).into_iter().flatten();
        indices.filter_map(|&index| self.bindings.get(index))
    }

    /// The bindings that reach a service account, by name or through the groups that every
    /// service account belongs to, in the order of the input.
    pub fn grants_of(&self, namespace: &str, account: &str) -> impl Iterator<Item = &Binding<'a>> {
        let accounts = [Accounts::All, Accounts::Of(namespace), Accounts::One(namespace, account)];
        let indices = accounts.iter().filter_map(|it| self.by_accounts.get(it)).flatten();
        let indices: BTreeSet<usize> = indices.copied().collect();
        indices.into_iter().filter_map(|index| self.bindings.get(index))
    }
}

fn by_role<'a>(bindings: &[Binding<'a>]) -> BTreeMap<RoleId<'a>, Vec<usize>> {
    let mut by_role: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (index, binding) in bindings.iter().enumerate() {
        by_role.entry(binding.role()).or_default().push(index);
    }
    by_role
}

fn by_accounts<'a>(bindings: &[Binding<'a>]) -> BTreeMap<Accounts<'a>, Vec<usize>> {
    let mut by_accounts: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (index, binding) in bindings.iter().enumerate() {
        for accounts in binding.subjects().iter().filter_map(Subject::accounts) {
            by_accounts.entry(accounts).or_default().push(index);
        }
    }
    by_accounts
}
