//! Whatever runs pods, unified: each is an object and the pod template inside it.

use crate::kinds::Kinds;
use crate::object::{Labels, Object};
use crate::place::Place;
use crate::template::{self, Template};
use crate::tree::Node;

/// The operating system that the pods of a workload ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Os {
    /// Linux, or nothing said.
    Linux,
    /// Windows: the Linux fields of a security context do not apply.
    Windows,
}

/// A pod template and the object that holds it. Copies of it that a controller made are folded
/// into it.
#[derive(Clone, Copy, Debug)]
pub struct Workload<'a> {
    object: &'a Object,
    template: Node<'a>,
    spec: Node<'a>,
    copies: usize,
}

impl<'a> Workload<'a> {
    pub(crate) fn new(object: &'a Object, template: Template, copies: usize) -> Option<Self> {
        Some(Self {
            object,
            template: Node::new(object.tree(), template.template)?,
            spec: Node::new(object.tree(), template.spec)?,
            copies,
        })
    }

    /// The pod templates of an object, without copies.
    pub fn all_of(object: &'a Object) -> impl Iterator<Item = Self> {
        let all = templates(object).into_iter();
        all.filter_map(move |template| Self::new(object, template, 0))
    }

    /// The object that holds the template.
    pub fn object(&self) -> &'a Object {
        self.object
    }

    /// The namespace its pods run in.
    pub fn namespace(&self) -> &'a str {
        self.object.id().namespace.as_deref().unwrap_or("default")
    }

    /// How many objects of the input were folded into it, such as the pods of a `ReplicaSet`.
    pub fn copies(&self) -> usize {
        self.copies
    }

    /// The pod spec.
    pub fn spec(&self) -> Node<'a> {
        self.spec
    }

    /// The labels its pods carry.
    pub fn labels(&self) -> Labels<'a> {
        Labels(self.template.at("metadata.labels"))
    }

    /// One of the labels its pods carry, as it stands.
    pub fn label(&self, key: &str) -> Option<Node<'a>> {
        self.template.at("metadata.labels")?.get(key)
    }

    /// The annotations its pods carry.
    pub fn annotations(&self) -> Option<Node<'a>> {
        self.template.at("metadata.annotations")
    }

    /// The service account its pods run as; `default` where none is named.
    pub fn service_account(&self) -> &'a str {
        let named = |field| self.spec.get(field).and_then(Node::as_text);
        named("serviceAccountName").or_else(|| named("serviceAccount")).unwrap_or("default")
    }

    /// Whether a flag of the pod spec, such as `hostNetwork`, is set to true.
    pub fn flag(&self, field: &str) -> bool {
        self.spec.get(field).and_then(Node::as_bool) == Some(true)
    }

    /// The operating system its pods ask for.
    pub fn os(&self) -> Os {
        let asked = self.spec.at("os.name").or_else(|| {
            let selector = self.spec.get("nodeSelector")?;
            selector.get("kubernetes.io/os").or_else(|| selector.get("beta.kubernetes.io/os"))
        });
        match asked.and_then(Node::as_str) {
            Some("windows") => Os::Windows,
            _ => Os::Linux,
        }
    }

    /// Whether the pod spec itself says that it is for Windows. Only then does Kubernetes refuse the
    /// fields that Windows does not know; where a node selector says so, it takes them.
    pub fn declares_windows(&self) -> bool {
        self.spec.at("os.name").and_then(Node::as_str) == Some("windows")
    }

    /// Whether its pods have a user namespace, so that no user of theirs is one of the node.
    pub fn has_own_users(&self) -> bool {
        self.spec.get("hostUsers").and_then(Node::as_bool) == Some(false)
    }

    /// A value inside the pod spec as evidence.
    pub fn place_of(&self, node: Node<'a>) -> Place<'a> {
        Place::of(self.object, node)
    }

    /// Whether its controller turns tags into digests before pods start, as Knative does.
    pub fn resolves_tags(&self) -> bool {
        self.object.group() == "serving.knative.dev"
    }

    /// A field of the pod spec as evidence, even where it is missing.
    pub fn place(&self, path: &'a str) -> Place<'a> {
        Place::below(self.object, self.spec, path)
    }
}

/// Finds the pod templates of an object: one in a built-in workload, any number in a custom kind.
pub(crate) fn templates(object: &Object) -> Vec<Template> {
    if object.is(Kinds::WORKLOADS) {
        return built_in(object).into_iter().collect();
    }
    if !may_embed_pods(object) {
        return Vec::new();
    }
    template::search(object.root())
}

/// Whether an object of a custom kind embeds a pod template.
pub fn embeds_pods(object: &Object) -> bool {
    !templates(object).is_empty()
}

fn built_in(object: &Object) -> Option<Template> {
    let root = object.root();
    let template = match object.kind() {
        "Pod" => root,
        "PodTemplate" => root.get("template")?,
        "CronJob" => root.at("spec.jobTemplate.spec.template")?,
        _ => root.at("spec.template")?,
    };
    Template::at(template)
}

/// A custom kind, that is: no kind of Kubernetes itself, and no schema that only speaks of pods.
fn may_embed_pods(object: &Object) -> bool {
    crate::kinds::is_namespaced(object.group(), object.kind()).is_none()
}
