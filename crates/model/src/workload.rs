//! Whatever runs pods, unified: each is an object and the pod template inside it.

use crate::kinds::Kinds;
use crate::object::{Labels, Object};
use crate::place::Place;
use crate::tree::{Node, Tree, Type};

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

    /// A field of the pod spec as evidence, even where it is missing.
    pub fn place(&self, path: &'a str) -> Place<'a> {
        Place::below(self.object, self.spec, path)
    }
}

/// Where a pod template stands in its object: the value with `metadata` and `spec`, and the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    template: usize,
    spec: usize,
}

impl Template {
    /// The values in the tree it was found in.
    pub(crate) fn nodes(self, tree: &Tree) -> (Option<Node<'_>>, Option<Node<'_>>) {
        (Node::new(tree, self.template), Node::new(tree, self.spec))
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
    let mut found = Vec::new();
    search(object.root(), &mut found);
    found
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
    template_at(template)
}

fn template_at(template: Node<'_>) -> Option<Template> {
    let spec = template.get("spec").filter(|spec| spec.kind() == Type::Map)?;
    Some(Template { template: template.index(), spec: spec.index() })
}

/// A custom kind, that is: no kind of Kubernetes itself, and no schema that only speaks of pods.
fn may_embed_pods(object: &Object) -> bool {
    crate::kinds::is_namespaced(object.group(), object.kind()).is_none()
}

/// Walks a custom object for mappings called `template` or `…Template` whose `spec` lists
/// containers. What is inside a template found is its own.
fn search(node: Node<'_>, found: &mut Vec<Template>) {
    for child in node.children() {
        if is_template_key(child.key()) && lists_containers(child) {
            found.extend(template_at(child));
        } else {
            search(child, found);
        }
    }
}

/// Whether a pod template may stand under a key: `template` or `…Template`.
pub fn is_template_key(key: &str) -> bool {
    key == "template" || key.ends_with("Template")
}

fn lists_containers(template: Node<'_>) -> bool {
    let containers = template.at("spec.containers").into_iter().flat_map(Node::items);
    containers.take(1).any(|item| item.get("name").is_some() || item.get("image").is_some())
}
