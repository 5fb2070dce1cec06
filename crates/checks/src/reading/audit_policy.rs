//! Which rules of an audit policy a request meets, as the API server reads them: the first that
//! matches decides, and names match letter by letter.

use model::tree::Node;
use model::{Object, Place};

/// A request to the API server.
#[derive(Clone, Copy)]
pub(crate) struct Request {
    /// Its verb.
    pub(crate) verb: &'static str,
    /// The API group.
    pub(crate) group: &'static str,
    /// The resource with its subresource, such as `pods/exec`.
    pub(crate) resource: &'static str,
}

/// A rule that decides about a request of somebody.
pub(crate) struct Rule<'a> {
    policy: &'a Object,
    node: Node<'a>,
}

impl Request {
    /// The rules that a request may meet, depending on who asks and where, up to the first that it
    /// meets in any case.
    pub(crate) fn rules<'a>(&self, policy: &'a Object) -> Vec<Rule<'a>> {
        let mut met = Vec::new();
        for node in policy.get("rules").into_iter().flat_map(Node::items) {
            let rule = Rule { policy, node };
            if rule.matches(self) {
                let for_all = rule.is_for_all(self);
                met.push(rule);
                if for_all {
                    break;
                }
            }
        }
        met
    }
}

impl<'a> Rule<'a> {
    /// How much it logs.
    pub(crate) fn level(&self) -> &'a str {
        self.node.get("level").and_then(Node::as_str).unwrap_or_default()
    }

    /// Where that stands.
    pub(crate) fn place(&self) -> Place<'a> {
        Place::below(self.policy, self.node, "level")
    }

    /// Its place among the rules.
    pub(crate) fn index(&self) -> usize {
        self.node.index()
    }

    /// Whether it decides about a request whoever asks, in whatever namespace, by whatever name.
    pub(crate) fn is_for_all(&self, request: &Request) -> bool {
        let mut groups = self.list("userGroups").peekable();
        let every_group = groups.peek().is_none() || groups.any(|it| it == "system:authenticated");
        let by_any_name =
            |it: Node<'_>| it.get("resourceNames").is_none_or(|it| it.items().count() == 0);
        let mut resources = self.resources().peekable();
        every_group
            && self.list("users").next().is_none()
            && self.list("namespaces").next().is_none()
            && (resources.peek().is_none()
                || resources.any(|it| request.is_among(it) && by_any_name(it)))
    }

    fn matches(&self, request: &Request) -> bool {
        let mut verbs = self.list("verbs").peekable();
        if verbs.peek().is_some() && !verbs.any(|verb| verb == request.verb) {
            return false;
        }
        let mut resources = self.resources().peekable();
        let about_urls = self.list("nonResourceURLs").next().is_some();
        if resources.peek().is_none() {
            return self.list("namespaces").next().is_some() || !about_urls;
        }
        resources.any(|resources| request.is_among(resources))
    }

    fn resources(&self) -> impl Iterator<Item = Node<'a>> + use<'a> {
        self.node.get("resources").into_iter().flat_map(Node::items)
    }

    fn list(&self, field: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.node.get(field).into_iter().flat_map(Node::strings)
    }
}

impl Request {
    /// An empty list of resources means all of the group.
    fn is_among(&self, resources: Node<'_>) -> bool {
        let group = resources.get("group").map(Node::text).unwrap_or_default();
        if group != self.group {
            return false;
        }
        let mut names = resources.get("resources").into_iter().flat_map(Node::strings).peekable();
        names.peek().is_none() || names.any(|name| self.is_named(name))
    }

    fn is_named(&self, name: &str) -> bool {
        let (resource, subresource) = self.resource.split_once('/').unwrap_or((self.resource, ""));
        name == "*"
            || name == self.resource
            || name.strip_suffix("/*") == Some(resource)
            || !subresource.is_empty() && name.strip_prefix("*/") == Some(subresource)
    }
}
