//! Bindings, and the subjects they name.

use model::tree::Node;
use model::{Object, Place};

use crate::role::RoleId;

/// How far a binding reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope<'a> {
    /// The whole cluster.
    Cluster,
    /// One namespace.
    Namespace(&'a str),
}

/// Whom a binding names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// A user, by the name that its certificate or token gives.
    User(&'a str),
    /// A group.
    Group(&'a str),
    /// A service account.
    ServiceAccount {
        /// Its namespace.
        namespace: &'a str,
        /// Its name.
        name: &'a str,
    },
}

/// A RoleBinding or ClusterRoleBinding.
#[derive(Clone, Debug)]
pub struct Binding<'a> {
    object: &'a Object,
    scope: Scope<'a>,
    role: RoleId<'a>,
    subjects: Vec<Subject<'a>>,
}

impl<'a> Binding<'a> {
    pub(crate) fn read(object: &'a Object) -> Self {
        let scope = if crate::is_cluster_wide(object) {
            Scope::Cluster
        } else {
            Scope::Namespace(object.namespace())
        };
        let text = |path| object.get(path).and_then(Node::as_str).unwrap_or_default();
        let of_a_role = text("roleRef.kind") == "Role";
        let namespace = of_a_role.then(|| object.namespace());
        let subjects = object.get("subjects").into_iter().flat_map(Node::items);
        Self {
            object,
            scope,
            role: RoleId { namespace, name: text("roleRef.name") },
            subjects: subjects.filter_map(|node| Subject::read(node, object)).collect(),
        }
    }

    /// The object that wrote it.
    pub fn object(&self) -> &'a Object {
        self.object
    }

    /// How far it reaches.
    pub fn scope(&self) -> Scope<'a> {
        self.scope
    }

    /// The role it grants.
    pub fn role(&self) -> RoleId<'a> {
        self.role
    }

    /// Whom it names.
    pub fn subjects(&self) -> &[Subject<'a>] {
        &self.subjects
    }

    /// Its reference to the role, as evidence.
    pub fn role_place(&self) -> Place<'a> {
        self.object.place("roleRef.name")
    }

    /// Whether it names a service account, or a group that every service account belongs to.
    pub fn reaches_service_account(&self, namespace: &str, account: &str) -> bool {
        self.subjects.iter().any(|subject| match *subject {
            Subject::ServiceAccount { namespace: own, name } => own == namespace && name == account,
            Subject::User(name) => {
                let mut parts = name.split(':');
                parts.by_ref().take(2).eq(["system", "serviceaccount"])
                    && parts.eq([namespace, account])
            }
            Subject::Group(group) => {
                group == "system:serviceaccounts"
                    || group == "system:authenticated"
                    || group.strip_prefix("system:serviceaccounts:") == Some(namespace)
            }
        })
    }
}

impl<'a> Subject<'a> {
    /// A service account without a namespace is refused by the API server in a ClusterRoleBinding;
    /// in a RoleBinding, tools that render manifests mean the namespace of the binding.
    fn read(node: Node<'a>, object: &'a Object) -> Option<Self> {
        let text = |key| node.get(key).and_then(Node::as_text);
        let name = text("name")?;
        match text("kind")? {
            "User" => Some(Subject::User(name)),
            "Group" => Some(Subject::Group(name)),
            "ServiceAccount" => {
                let namespace = text("namespace").unwrap_or(object.namespace());
                Some(Subject::ServiceAccount { namespace, name })
            }
            _ => None,
        }
    }
}

impl std::fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Subject::User(name) => write!(f, "user {name}"),
            Subject::Group(name) => write!(f, "group {name}"),
            Subject::ServiceAccount { namespace, name } => {
                write!(f, "service account {namespace}/{name}")
            }
        }
    }
}
