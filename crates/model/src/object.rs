//! One Kubernetes object: who it is, where it came from, what it says.

use std::fmt;
use std::sync::Arc;

use crate::kinds::{self, Kind, Kinds};
use crate::rendering::{Rendered, Shows, Spot};
use crate::template;
use crate::tree::{Node, Tree, Type};

/// Where an object came from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// A text: its path as the user would write it, `-` for standard input.
    Manifest(Arc<str>),
    /// A chart or kustomization, through the program that renders it.
    Rendered(Arc<Rendered>),
    /// A cluster.
    Live(Arc<Live>),
}

/// An object as a cluster knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Live {
    /// The name by which the user calls the cluster: a context of the kubeconfig.
    pub context: Arc<str>,
    /// What the cluster calls the object, for as long as it exists; empty where it did not say.
    pub uid: Box<str>,
}

impl Origin {
    /// The file, if it came from one; for a rendered object what stands for it: see
    /// [`Rendering::file`](crate::rendering::Rendering::file).
    pub fn file(&self) -> Option<&str> {
        match self {
            Origin::Manifest(file) => Some(file),
            Origin::Rendered(rendered) => Some(rendered.rendering.file()),
            Origin::Live(_) => None,
        }
    }

    /// The folder of the file, empty where it names none; nothing for what a cluster gave.
    pub fn folder(&self) -> Option<&str> {
        Some(self.file()?.rsplit_once('/').map_or("", |(folder, _)| folder))
    }

    /// The file, to be kept.
    pub fn shared_file(&self) -> Option<Arc<str>> {
        match self {
            Origin::Manifest(file) => Some(Arc::clone(file)),
            Origin::Rendered(rendered) => Some(Arc::clone(rendered.rendering.file())),
            Origin::Live(_) => None,
        }
    }

    /// Where a value of the object was written; nothing for what a cluster gave.
    pub fn spot(&self, node: Node<'_>) -> Option<Spot> {
        match self {
            Origin::Manifest(file) => {
                let file = Arc::clone(file);
                Some(Spot { file, at: node.position(), shows: Shows::Value, path: None })
            }
            Origin::Rendered(rendered) => rendered.spot(node).cloned(),
            Origin::Live(_) => None,
        }
    }

    /// The object as it was rendered, to be kept.
    pub fn rendered(&self) -> Option<&Arc<Rendered>> {
        match self {
            Origin::Rendered(rendered) => Some(rendered),
            Origin::Manifest(_) | Origin::Live(_) => None,
        }
    }

    /// The object as a cluster knows it, to be kept.
    pub fn live(&self) -> Option<Arc<Live>> {
        match self {
            Origin::Manifest(_) | Origin::Rendered(_) => None,
            Origin::Live(live) => Some(Arc::clone(live)),
        }
    }

    /// The origin of a document that stands in a text of the object.
    fn around(&self) -> Self {
        match self {
            Origin::Rendered(rendered) => Origin::Rendered(Arc::new(rendered.around())),
            Origin::Manifest(_) | Origin::Live(_) => self.clone(),
        }
    }
}

/// Who an object is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId {
    /// Group and version, such as `apps/v1`.
    pub api_version: Box<str>,
    /// Kind, such as `Deployment`.
    pub kind: Box<str>,
    /// Namespace; `default` where a namespaced kind gives none, nothing for a cluster-wide kind. A
    /// custom kind that embeds a pod template is namespaced.
    pub namespace: Option<Box<str>>,
    /// Name; a `generateName` ends in `*`, and an object without either has an empty one. A kind that
    /// stands in files alone is named after its file.
    pub name: Box<str>,
}

impl ObjectId {
    /// The API group, empty for the core group.
    pub fn group(&self) -> &str {
        kinds::group_of(&self.api_version)
    }

    /// Group, kind, namespace (empty for a cluster-wide kind) and name: the same for one object in
    /// every version of its API.
    pub fn identity(&self) -> [&str; 4] {
        let namespace = self.namespace.as_deref().unwrap_or_default();
        [self.group(), &self.kind, namespace, &self.name]
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.kind)?;
        if let Some(namespace) = &self.namespace {
            write!(f, "{namespace}/")?;
        }
        f.write_str(if self.name.is_empty() { "(no name)" } else { &self.name })
    }
}

/// One Kubernetes object.
#[derive(Clone, Debug)]
pub struct Object {
    id: Arc<ObjectId>,
    origin: Origin,
    tree: Tree,
    copies: usize,
}

impl Object {
    /// Reads the identity of a document, or gives the tree back if it is no Kubernetes object.
    ///
    /// An object has an `apiVersion` and a `kind` that are strings and not empty.
    pub fn new(tree: Tree, origin: Origin) -> Result<Self, Tree> {
        match identify(tree.root(), &origin) {
            Some(id) => Ok(Self { id: Arc::new(id), origin, tree, copies: 0 }),
            None => Err(tree),
        }
    }

    /// A file that is no manifest, but of a kind that is judged.
    pub fn of_file(tree: Tree, kind: Kind, file: Arc<str>) -> Self {
        let api_version = format!("{}/v1", kind.group).into();
        let (kind, name) = (kind.kind.into(), Box::from(&*file));
        let id = Arc::new(ObjectId { api_version, kind, namespace: None, name });
        Self { id, origin: Origin::Manifest(file), tree, copies: 0 }
    }

    /// A document that stands in a text of another object, if it is of a kind that stands in files
    /// alone. It is called after its holder.
    pub fn held(tree: Tree, holder: &Object) -> Option<Self> {
        let mut id = identify(tree.root(), &holder.origin)?;
        id.name = format!("{}/{}", holder.namespace(), holder.name()).into();
        let is_file = kinds::is_file(id.group(), &id.kind);
        is_file.then(|| Self { id: Arc::new(id), origin: holder.origin.around(), tree, copies: 0 })
    }

    /// Whether it stands in a text of another object.
    pub fn is_held(&self) -> bool {
        let is_file = kinds::is_file(self.group(), self.kind());
        is_file && self.origin.file().is_none_or(|file| file != self.name())
    }

    /// Who it is.
    pub fn id(&self) -> &ObjectId {
        &self.id
    }

    /// Who it is, to be kept.
    pub fn shared_id(&self) -> Arc<ObjectId> {
        Arc::clone(&self.id)
    }

    /// Where it came from.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The same object, from somewhere else.
    #[must_use]
    pub fn from_origin(self, origin: Origin) -> Self {
        Self { origin, ..self }
    }

    /// Its content.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// How many more objects it stands for, which were just like it and are not held.
    pub fn copies(&self) -> usize {
        self.copies
    }

    /// Lets it stand for so many more that are just like it.
    pub fn stand_for(&mut self, copies: usize) {
        self.copies += copies;
    }

    /// Its kind.
    pub fn kind(&self) -> &str {
        &self.id.kind
    }

    /// Its API group, empty for the core group.
    pub fn group(&self) -> &str {
        self.id.group()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.id.name
    }

    /// Its namespace; empty for a cluster-wide kind.
    pub fn namespace(&self) -> &str {
        self.id.namespace.as_deref().unwrap_or_default()
    }

    /// Whether it is of one of these kinds.
    pub fn is(&self, kinds: Kinds) -> bool {
        kinds.contains(self.group(), self.kind())
    }

    /// The outermost value.
    pub fn root(&self) -> Node<'_> {
        self.tree.root()
    }

    /// The value behind keys joined by dots.
    pub fn get(&self, path: &str) -> Option<Node<'_>> {
        self.root().at(path)
    }

    /// Its labels.
    pub fn labels(&self) -> Labels<'_> {
        Labels(self.get("metadata.labels"))
    }

    /// One of its annotations.
    pub fn annotation(&self, key: &str) -> Option<Node<'_>> {
        self.get("metadata.annotations")?.get(key)
    }
}

/// The labels of something.
#[derive(Clone, Copy, Debug)]
pub struct Labels<'a>(pub(crate) Option<Node<'a>>);

impl<'a> Labels<'a> {
    /// The labels that a mapping holds.
    pub fn of(node: Option<Node<'a>>) -> Self {
        Self(node)
    }

    /// All of them, key and value, as [`Labels::get`] gives them.
    pub fn all(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let entries = self.0.into_iter().flat_map(Node::entries);
        let texts = entries.filter(|it| matches!(it.kind(), Type::Str | Type::Null));
        texts.map(|it| (it.key(), it.text()))
    }

    /// The value of a label; empty where it is null, as everywhere in a mapping of strings.
    pub fn get(self, key: &str) -> Option<&'a str> {
        let value = self.0?.get(key)?;
        matches!(value.kind(), Type::Str | Type::Null).then(|| value.text())
    }
}

fn identify(root: Node<'_>, origin: &Origin) -> Option<ObjectId> {
    let api_version = root.get("apiVersion")?.as_text()?;
    let kind = root.get("kind")?.as_text()?;
    let metadata = root.get("metadata");
    let field = |name| metadata?.get(name)?.as_text();
    let group = kinds::group_of(api_version);
    let name = match (field("name"), field("generateName")) {
        (Some(name), _) => name.into(),
        (None, Some(prefix)) => format!("{prefix}*").into(),
        (None, None) if kinds::is_file(group, kind) => origin.file().unwrap_or_default().into(),
        (None, None) => Box::default(),
    };
    let namespace = match kinds::is_namespaced(group, kind) {
        Some(true) => Some(field("namespace").unwrap_or("default")),
        Some(false) => None,
        // Whatever runs pods lives in a namespace; of other custom kinds the scope is not known.
        None => field("namespace").or_else(|| {
            let runs_pods = !template::search(root).is_empty();
            runs_pods.then_some("default")
        }),
    };
    Some(ObjectId {
        api_version: api_version.into(),
        kind: kind.into(),
        namespace: namespace.map(Into::into),
        name,
    })
}
