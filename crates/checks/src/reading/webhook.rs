//! Admission webhooks: what they are called for, and what happens when they do not answer.

use model::object::Labels;
use model::tree::{Node, Type};
use model::{Kinds, Object, Place, kinds};

use crate::context::Cx;

/// The kinds that register webhooks.
pub(crate) const CONFIGURATIONS: Kinds =
    Kinds::of(&[kinds::MUTATING_WEBHOOK_CONFIGURATION, kinds::VALIDATING_WEBHOOK_CONFIGURATION]);

/// The kinds that register webhooks which only say yes or no.
pub(crate) const VALIDATING: Kinds = Kinds::of(&[kinds::VALIDATING_WEBHOOK_CONFIGURATION]);

/// The label of every namespace that holds its name.
pub(crate) const NAME_LABEL: &str = "kubernetes.io/metadata.name";

/// What a guard must see: whoever may create one of these freely owns nodes or rights.
const GUARDED: &[(&str, &str)] = &[
    ("", "pods"),
    ("apps", "deployments"),
    ("apps", "daemonsets"),
    ("apps", "statefulsets"),
    ("batch", "jobs"),
    ("rbac.authorization.k8s.io", "clusterrolebindings"),
    ("rbac.authorization.k8s.io", "rolebindings"),
    ("rbac.authorization.k8s.io", "clusterroles"),
    ("rbac.authorization.k8s.io", "roles"),
];

/// One webhook of a configuration.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Webhook<'a> {
    object: &'a Object,
    node: Node<'a>,
}

impl<'a> Webhook<'a> {
    /// The webhooks of all configurations of some kinds.
    pub(crate) fn all(cx: &Cx<'a>, kinds: Kinds) -> impl Iterator<Item = Self> {
        cx.inventory().of_any(kinds).flat_map(|object| {
            let nodes = object.get("webhooks").into_iter().flat_map(Node::items);
            nodes.map(move |node| Self { object, node })
        })
    }

    /// Its name.
    pub(crate) fn name(&self) -> &'a str {
        self.node.get("name").and_then(Node::as_str).unwrap_or("(no name)")
    }

    /// What it says.
    pub(crate) fn node(&self) -> Node<'a> {
        self.node
    }

    /// A field of it as evidence, even where it is missing.
    pub(crate) fn place(&self, path: &'a str) -> Place<'a> {
        Place::below(self.object, self.node, path)
    }

    /// Whether a request passes when it does not answer: the default of `v1beta1` alone.
    pub(crate) fn fails_open(&self) -> bool {
        match self.node.get("failurePolicy").and_then(Node::as_text) {
            Some(policy) => policy == "Ignore",
            None => self.object.id().api_version.ends_with("/v1beta1"),
        }
    }

    /// The service that answers: its namespace and name.
    pub(crate) fn service(&self) -> Option<(&'a str, &'a str)> {
        let text = |path| self.node.at(path).and_then(Node::as_text);
        Some((text("clientConfig.service.namespace")?, text("clientConfig.service.name")?))
    }

    /// Whether it is called when an object of a resource is created.
    pub(crate) fn is_asked_for(&self, group: &str, resource: &str) -> bool {
        self.rules().any(|rule| {
            has(rule, "apiGroups", &["*", group])
                && has(rule, "resources", &["*", "*/*", resource])
                && has(rule, "operations", &["*", "CREATE"])
        })
    }

    /// Whether it is called for something that a guard must see: workloads or grants.
    pub(crate) fn is_guard(&self) -> bool {
        GUARDED.iter().any(|(group, resource)| self.is_asked_for(group, resource))
    }

    /// Whether some rule of it covers kinds of Kubernetes itself.
    pub(crate) fn covers_built_in(&self) -> bool {
        let built_in = |group: &str| {
            matches!(group, "" | "*" | "apps" | "autoscaling" | "batch" | "policy")
                || group.ends_with(".k8s.io") && !group.contains(".x-k8s.io")
        };
        let groups = self.rules().filter_map(|rule| rule.get("apiGroups"));
        groups.flat_map(Node::items).filter_map(Node::as_str).any(built_in)
    }

    /// Whether a field narrows it: it is there and neither null nor empty.
    pub(crate) fn narrows_by(&self, field: &str) -> bool {
        self.node.get(field).is_some_and(|it| {
            it.children().any(|child| child.kind() != Type::Null && !is_empty(child))
        })
    }

    /// Whether it is called for objects of a namespace; nothing where labels decide that are not
    /// known.
    pub(crate) fn is_called_in(&self, name: &str, labels: Option<Labels<'_>>) -> Option<bool> {
        let Some(selector) = self.node.get("namespaceSelector") else { return Some(true) };
        let value = |key: &str| match key {
            NAME_LABEL => Some(Some(name)),
            _ => labels.map(|labels| labels.get(key)),
        };
        let pairs = selector.get("matchLabels").into_iter().flat_map(Node::entries);
        let pairs = pairs.map(|pair| Some(value(pair.key())? == Some(pair.text())));
        let demands = selector.get("matchExpressions").into_iter().flat_map(Node::items);
        let demands = demands.map(|demand| {
            let found = value(demand.get("key")?.as_str()?)?;
            holds(demand, found)
        });
        pairs.chain(demands).try_fold(true, |all, one| Some(all && one?))
    }

    fn rules(&self) -> impl Iterator<Item = Node<'a>> {
        self.node.get("rules").into_iter().flat_map(Node::items)
    }
}

fn holds(demand: Node<'_>, found: Option<&str>) -> Option<bool> {
    let listed = || {
        let mut values = demand.get("values").into_iter().flat_map(Node::strings);
        found.is_some_and(|found| values.any(|value| value == found))
    };
    match demand.get("operator")?.as_str()? {
        "In" => Some(listed()),
        "NotIn" => Some(!listed()),
        "Exists" => Some(found.is_some()),
        "DoesNotExist" => Some(found.is_none()),
        _ => None,
    }
}

fn has(rule: Node<'_>, field: &str, words: &[&str]) -> bool {
    rule.get(field).into_iter().flat_map(Node::strings).any(|word| words.contains(&word))
}

fn is_empty(node: Node<'_>) -> bool {
    matches!(node.kind(), Type::Seq | Type::Map) && node.children().next().is_none()
}
