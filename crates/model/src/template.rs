//! Pod templates, wherever they stand.

use crate::tree::{Node, Tree, Type};

/// Where a pod template stands in its object: the value with `metadata` and `spec`, and the spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    pub(crate) template: usize,
    pub(crate) spec: usize,
}

impl Template {
    /// The template that a value is, if it has a `spec`.
    pub(crate) fn at(template: Node<'_>) -> Option<Self> {
        let spec = template.get("spec").filter(|spec| spec.kind() == Type::Map)?;
        Some(Self { template: template.index(), spec: spec.index() })
    }

    /// The values in the tree it was found in.
    pub(crate) fn nodes(self, tree: &Tree) -> (Option<Node<'_>>, Option<Node<'_>>) {
        (Node::new(tree, self.template), Node::new(tree, self.spec))
    }
}

/// The pod templates of a custom kind, any number of them.
pub(crate) fn search(root: Node<'_>) -> Vec<Template> {
    let mut found = Vec::new();
    walk(root, &mut found);
    found
}

/// Walks a custom object for mappings called `template` or `…Template` whose `spec` lists
/// containers. What is inside a template found is its own.
fn walk(node: Node<'_>, found: &mut Vec<Template>) {
    for child in node.children() {
        if is_template_key(child.key()) && lists_containers(child) {
            found.extend(Template::at(child));
        } else {
            walk(child, found);
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
