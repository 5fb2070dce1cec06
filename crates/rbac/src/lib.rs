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
//! | [`binding`] | bindings and their subjects, implicit groups included |

pub mod binding;
pub mod role;
pub mod rule;

use std::collections::BTreeMap;

use model::{Inventory, Kinds, kinds};

pub use binding::{Binding, Scope, Subject};
pub use role::{Role, RoleId};
pub use rule::Rule;

/// All roles and bindings of an inventory, joined.
#[derive(Debug)]
pub struct Rbac<'a> {
    roles: BTreeMap<RoleId<'a>, Role<'a>>,
    bindings: Vec<Binding<'a>>,
}

impl<'a> Rbac<'a> {
    /// Reads the roles and bindings of an inventory.
    pub fn of(inventory: &'a Inventory) -> Self {
        let mut roles: BTreeMap<_, _> = Role::built_in().map(|role| (role.id(), role)).collect();
        let own = inventory.of_any(Kinds::ROLES).map(|object| Role::read(object));
        roles.extend(own.map(|role| (role.id(), role)));
        role::aggregate(&mut roles, inventory);
        let bindings = inventory.of_any(Kinds::BINDINGS).map(Binding::read).collect();
        Self { roles, bindings }
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

    /// The bindings that grant a role.
    pub fn bindings_of<'b>(&'b self, role: &RoleId<'a>) -> impl Iterator<Item = &'b Binding<'a>> {
        self.bindings.iter().filter(move |binding| binding.role() == *role)
    }

    /// The bindings that reach a service account, by name or through the groups that every
    /// service account belongs to.
    pub fn grants_of(&self, namespace: &str, account: &str) -> impl Iterator<Item = &Binding<'a>> {
        self.bindings.iter().filter(move |it| it.reaches_service_account(namespace, account))
    }
}

/// Whether an object is a cluster-wide one of the RBAC kinds.
pub(crate) fn is_cluster_wide(object: &model::Object) -> bool {
    [kinds::CLUSTER_ROLE.kind, kinds::CLUSTER_ROLE_BINDING.kind].contains(&object.kind())
}
