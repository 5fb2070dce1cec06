//! Bindings: a role, and the subjects who get it.

use model::tree::Node;
use model::{Object, Place};

use crate::bootstrap::is_bootstrap;
use crate::role::RoleId;
use crate::subject::Subject;

/// How far a binding reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope<'a> {
    /// The whole cluster.
    Cluster,
    /// One namespace.
    Namespace(&'a str),
}

/// A `RoleBinding` or `ClusterRoleBinding`.
#[derive(Clone, Debug)]
pub struct Binding<'a> {
    object: &'a Object,
    scope: Scope<'a>,
    role: RoleId<'a>,
    subjects: Vec<Subject<'a>>,
}

impl<'a> Binding<'a> {
    pub(crate) fn read(object: &'a Object) -> Self {
        let scope = object.id().namespace.as_deref().map_or(Scope::Cluster, Scope::Namespace);
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

    /// Whom it names, and where: the name is the evidence.
    pub fn named(&self) -> impl Iterator<Item = (Subject<'a>, Place<'a>)> {
        let object = self.object;
        let items = object.get("subjects").into_iter().flat_map(Node::items);
        items.filter_map(move |node| {
            Some((Subject::read(node, object)?, Place::below(object, node, "name")))
        })
    }

    /// Whether the API server itself creates it, and mends it at every start.
    pub fn is_bootstrap(&self) -> bool {
        is_bootstrap(self.object)
    }

    /// Its reference to the role, as evidence.
    pub fn role_place(&self) -> Place<'a> {
        self.object.place("roleRef.name")
    }
}
