//! Roles: written ones, aggregated ones, and the ones every cluster is born with.

use std::collections::BTreeMap;

use model::tree::Node;
use model::{Inventory, Object, Selector, kinds};

use crate::rule::Rule;

/// Who a role is: nothing for the namespace of a cluster role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleId<'a> {
    /// The namespace of a Role; none for a ClusterRole.
    pub namespace: Option<&'a str>,
    /// Its name.
    pub name: &'a str,
}

/// A Role or ClusterRole and what it allows.
#[derive(Clone, Debug)]
pub struct Role<'a> {
    id: RoleId<'a>,
    object: Option<&'a Object>,
    rules: Vec<Rule<'a>>,
}

impl<'a> Role<'a> {
    pub(crate) fn read(object: &'a Object) -> Self {
        let rules = object.get("rules").into_iter().flat_map(Node::items).enumerate();
        Self {
            id: RoleId {
                namespace: (!crate::is_cluster_wide(object)).then(|| object.namespace()),
                name: object.name(),
            },
            object: Some(object),
            rules: rules.map(|(index, node)| Rule::read(node, index)).collect(),
        }
    }

    /// The user-facing roles that the API server itself creates, as far as they touch secrets or
    /// everything. A role of the same name in the input wins.
    pub(crate) fn built_in() -> impl Iterator<Item = Role<'static>> {
        let role = |name, groups: &[&'static str], resources: &[&'static str], verbs: &[_]| Role {
            id: RoleId { namespace: None, name },
            object: None,
            rules: vec![Rule {
                verbs: verbs.to_vec(),
                groups: groups.to_vec(),
                resources: resources.to_vec(),
                names: Vec::new(),
                urls: Vec::new(),
                index: 0,
            }],
        };
        let write = ["create", "delete", "deletecollection", "get", "list", "patch", "update"];
        [
            role("cluster-admin", &["*"], &["*"], &["*"]),
            role("admin", &[""], &["secrets", "pods", "pods/exec", "configmaps"], &write),
            role("edit", &[""], &["secrets", "pods", "pods/exec", "configmaps"], &write),
            role("view", &[""], &["pods", "configmaps", "services"], &["get", "list", "watch"]),
        ]
        .into_iter()
    }

    /// Who it is.
    pub fn id(&self) -> RoleId<'a> {
        self.id
    }

    /// The object that wrote it; none for one that every cluster is born with.
    pub fn object(&self) -> Option<&'a Object> {
        self.object
    }

    /// What it allows.
    pub fn rules(&self) -> &[Rule<'a>] {
        &self.rules
    }

    /// Whether it allows everything, as `cluster-admin` does.
    pub fn is_everything(&self) -> bool {
        self.rules.iter().any(Rule::is_everything)
    }
}

/// Gives each aggregated ClusterRole the rules of the ClusterRoles that its selectors match, as the
/// controller manager does.
pub(crate) fn aggregate<'a>(roles: &mut BTreeMap<RoleId<'a>, Role<'a>>, inventory: &'a Inventory) {
    for object in inventory.of(kinds::CLUSTER_ROLE) {
        let selectors = object.get("aggregationRule.clusterRoleSelectors");
        let selectors: Vec<Selector<'_>> =
            selectors.into_iter().flat_map(Node::items).map(Selector::read).collect();
        if selectors.is_empty() {
            continue;
        }
        let rules: Vec<Rule<'a>> = inventory
            .of(kinds::CLUSTER_ROLE)
            .filter(|other| other.id() != object.id())
            .filter(|other| selectors.iter().any(|it| it.matches(other.labels())))
            .flat_map(|other| Role::read(other).rules)
            .collect();
        let id = RoleId { namespace: None, name: object.name() };
        if let Some(role) = roles.get_mut(&id) {
            role.rules.extend(rules);
        }
    }
}
