//! One rule of a role, matched as the RBAC authorizer matches it.

use model::tree::Node;

/// A rule. Every list is as written; matching follows
/// `k8s.io/kubernetes/pkg/apis/rbac/v1/evaluation_helpers.go`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule<'a> {
    /// Verbs, such as `get`; `*` is all of them.
    pub verbs: Vec<&'a str>,
    /// API groups; the core group is empty, `*` is all of them.
    pub groups: Vec<&'a str>,
    /// Resources, such as `pods` or `pods/log`; `*` is all of them, `*/log` that one of all.
    pub resources: Vec<&'a str>,
    /// Names it is limited to; none is no limit.
    pub names: Vec<&'a str>,
    /// URLs that are no resources.
    pub urls: Vec<&'a str>,
    /// Where it stands among the rules of the role that wrote it.
    pub index: usize,
}

impl<'a> Rule<'a> {
    pub(crate) fn read(node: Node<'a>, index: usize) -> Self {
        let list = |key: &str| node.get(key).into_iter().flat_map(Node::strings).collect();
        Self {
            verbs: list("verbs"),
            groups: list("apiGroups"),
            resources: list("resources"),
            names: list("resourceNames"),
            urls: list("nonResourceURLs"),
            index,
        }
    }

    /// Whether it allows a verb.
    pub fn has_verb(&self, verb: &str) -> bool {
        self.verbs.iter().any(|own| *own == "*" || *own == verb)
    }

    /// Whether it covers a resource (`pods`, `pods/log`) of an API group.
    pub fn covers(&self, group: &str, resource: &str) -> bool {
        self.groups.iter().any(|own| *own == "*" || *own == group)
            && self.resources.iter().any(|own| covers(own, resource))
    }

    /// Whether it allows a verb on every object of a resource, whatever its name.
    pub fn allows_any(&self, verb: &str, group: &str, resource: &str) -> bool {
        self.names.is_empty() && self.has_verb(verb) && self.covers(group, resource)
    }

    /// Whether it allows everything on every resource.
    pub fn is_everything(&self) -> bool {
        let all = |list: &[&str]| list.contains(&"*");
        all(&self.verbs) && all(&self.groups) && all(&self.resources) && self.names.is_empty()
    }
}

/// `*` covers all, a name covers itself, `*/log` covers that subresource of all.
fn covers(own: &str, asked: &str) -> bool {
    if own == "*" || own == asked {
        return true;
    }
    let subresource = asked.split_once('/').map(|(_, subresource)| subresource);
    own.strip_prefix("*/").is_some_and(|own| Some(own) == subresource)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_covers_every_subresource_and_a_name_covers_none() {
        assert!(covers("*", "pods/exec"));
        assert!(covers("*/exec", "pods/exec"));
        assert!(!covers("pods", "pods/exec"));
        assert!(!covers("pods/*", "pods/exec"));
        assert!(!covers("*/exec", "pods"));
    }
}
