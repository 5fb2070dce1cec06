//! Roles: written ones, aggregated ones, and the ones every cluster is born with.

use std::collections::{BTreeMap, BTreeSet};

use model::tree::Node;
use model::{Object, Selector};

use crate::bootstrap::is_bootstrap;
use crate::rule::Rule;

/// Who a role is: nothing for the namespace of a cluster role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoleId<'a> {
    /// The namespace of a Role; none for a `ClusterRole`.
    pub namespace: Option<&'a str>,
    /// Its name.
    pub name: &'a str,
}

/// A Role or `ClusterRole` and what it allows.
#[derive(Clone, Debug)]
pub struct Role<'a> {
    id: RoleId<'a>,
    object: Option<&'a Object>,
    rules: Vec<Rule<'a>>,
    sources: Sources<'a>,
}

/// Which cluster roles a role takes its rules from.
#[derive(Clone, Debug)]
enum Sources<'a> {
    /// None: its rules are its own.
    None,
    /// Those that a selector of its `aggregationRule` matches.
    Selected(Vec<Selector<'a>>),
    /// Those that carry one of these labels with the value `true`.
    Labelled(&'static [&'static str]),
}

impl<'a> Role<'a> {
    pub(crate) fn read(object: &'a Object) -> Self {
        let rules = object.get("rules").into_iter().flat_map(Node::items);
        let namespace = object.id().namespace.as_deref();
        Self {
            id: RoleId { namespace, name: object.name() },
            object: Some(object),
            rules: rules.map(|node| Rule::read(node, object)).collect(),
            sources: if namespace.is_none() { Sources::read(object) } else { Sources::None },
        }
    }

    /// The user-facing roles that the API server itself creates, as far as they touch secrets or
    /// everything. A role of the same name in the input wins.
    pub(crate) fn built_in() -> impl Iterator<Item = Role<'static>> {
        const READ: &[&str] = &["get", "list", "watch"];
        const WRITE: &[&str] =
            &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
        const SEEN: &[&str] = &["pods", "configmaps", "services"];
        const EDITED: &[&str] = &["secrets", "pods", "pods/exec", "configmaps"];
        // `admin` aggregates `edit`, and that aggregates `view`.
        const VIEW: &str = "rbac.authorization.k8s.io/aggregate-to-view";
        const EDIT: &str = "rbac.authorization.k8s.io/aggregate-to-edit";
        const ADMIN: &str = "rbac.authorization.k8s.io/aggregate-to-admin";
        [
            born("cluster-admin", ["*"].as_slice(), &["*"], &["*"], Sources::None),
            born("admin", WRITE, &[""], EDITED, Sources::Labelled(&[VIEW, EDIT, ADMIN])),
            born("edit", WRITE, &[""], EDITED, Sources::Labelled(&[VIEW, EDIT])),
            born("view", READ, &[""], SEEN, Sources::Labelled(&[VIEW])),
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

    /// What it allows. Rules that it aggregates name the object that wrote them.
    pub fn rules(&self) -> &[Rule<'a>] {
        &self.rules
    }

    /// Whether it allows everything, as `cluster-admin` does.
    pub fn is_everything(&self) -> bool {
        self.rules.iter().any(Rule::is_everything)
    }

    /// Whether the API server itself creates it, and mends it at every start.
    pub fn is_bootstrap(&self) -> bool {
        self.object.is_none_or(is_bootstrap)
    }

    fn aggregates(&self) -> bool {
        !matches!(self.sources, Sources::None)
    }

    fn takes_from(&self, other: &Self) -> bool {
        let Some(object) = other.object.filter(|_| other.id.namespace.is_none()) else {
            return false;
        };
        let labels = object.labels();
        match &self.sources {
            Sources::None => false,
            Sources::Selected(selectors) => selectors.iter().any(|it| it.matches(labels)),
            Sources::Labelled(keys) => keys.iter().any(|key| labels.get(key) == Some("true")),
        }
    }
}

impl<'a> Sources<'a> {
    fn read(object: &'a Object) -> Self {
        match object.get("aggregationRule.clusterRoleSelectors") {
            Some(selectors) => Sources::Selected(selectors.items().map(Selector::read).collect()),
            None => Sources::None,
        }
    }
}

fn born(
    name: &'static str,
    verbs: &[&'static str],
    groups: &[&'static str],
    resources: &[&'static str],
    sources: Sources<'static>,
) -> Role<'static> {
    let rule = Rule {
        verbs: verbs.to_vec(),
        groups: groups.to_vec(),
        resources: resources.to_vec(),
        names: Vec::new(),
        urls: Vec::new(),
        written: None,
    };
    Role { id: RoleId { namespace: None, name }, object: None, rules: vec![rule], sources }
}

/// How much work aggregation may cost: far more than any cluster asks for, and little enough that
/// thousands of roles which all select each other end.
const MOST_WORK: usize = 20_000_000;

/// Gives each aggregated role the rules of the cluster roles that it selects, and of those
/// that these select, as the controller manager does in the end. Says whether all was done.
pub(crate) fn aggregate<'a>(roles: &mut BTreeMap<RoleId<'a>, Role<'a>>) -> bool {
    let mut work = MOST_WORK;
    let aggregated: Vec<_> = roles.values().filter(|role| role.aggregates()).collect();
    let gathered: Vec<(RoleId<'a>, Vec<Rule<'a>>)> = aggregated
        .iter()
        .map_while(|role| Some((role.id, gathered(role, roles, &mut work)?)))
        .collect();
    let complete = gathered.len() == aggregated.len();
    for (id, rules) in gathered {
        if let Some(role) = roles.get_mut(&id) {
            role.rules = rules;
        }
    }
    complete
}

/// What stands in an aggregated role itself was put there by the controller manager: it counts
/// only as far as no role in view wrote it. Nothing where the work would be too much.
fn gathered<'a>(
    target: &Role<'a>,
    roles: &BTreeMap<RoleId<'a>, Role<'a>>,
    work: &mut usize,
) -> Option<Vec<Rule<'a>>> {
    let mut seen = BTreeSet::from([target.id]);
    let mut open = vec![target];
    let (mut written, mut copied) = (Vec::new(), Vec::new());
    while let Some(role) = open.pop() {
        // What is kept weighs more than what is looked at.
        let kept: usize = role.rules.iter().map(Rule::words).sum();
        *work = work.checked_sub(roles.len() + 20 * kept)?;
        let found = if role.aggregates() { &mut copied } else { &mut written };
        found.extend(role.rules.iter().cloned());
        open.extend(roles.values().filter(|it| role.takes_from(it) && seen.insert(it.id)));
    }
    *work = work.checked_sub(copied.len().saturating_mul(written.len()))?;
    for rule in copied {
        if !written.iter().any(|known| rule.equals(known)) {
            written.push(rule);
        }
    }
    Some(written)
}
