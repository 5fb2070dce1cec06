//! One rule of a role, matched as the RBAC authorizer matches it.

use model::tree::{Node, Type};
use model::{Object, Place};

use crate::bootstrap::is_bootstrap;

/// A rule. Every list is as written; matching follows
/// `k8s.io/kubernetes/pkg/apis/rbac/v1/evaluation_helpers.go`.
#[derive(Clone, Debug)]
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
    /// The object that wrote it, and where; nothing for one that every cluster is born with.
    pub(crate) written: Option<(&'a Object, Node<'a>)>,
}

impl<'a> Rule<'a> {
    pub(crate) fn read(node: Node<'a>, object: &'a Object) -> Self {
        let list = |key: &str| node.get(key).into_iter().flat_map(Node::strings).collect();
        Self {
            verbs: list("verbs"),
            groups: list("apiGroups"),
            resources: list("resources"),
            names: list("resourceNames"),
            urls: list("nonResourceURLs"),
            written: Some((object, node)),
        }
    }

    /// The rules that somebody wrote into a role. In an aggregated role stand copies that the
    /// controller manager makes, and what the API server creates it mends at every start: none.
    pub fn written(role: &'a Object) -> impl Iterator<Item = Self> {
        let aggregation = role.get("aggregationRule").filter(|_| role.kind() == "ClusterRole");
        let is_copied = aggregation.is_some_and(|it| it.kind() != Type::Null);
        let rules = role.get("rules").filter(|_| !is_copied && !is_bootstrap(role));
        rules.into_iter().flat_map(Node::items).map(|node| Self::read(node, role))
    }

    /// The object that wrote it, which for an aggregated role is another one; nothing for a rule
    /// that every cluster is born with.
    pub fn writer(&self) -> Option<&'a Object> {
        self.written.map(|(object, _)| object)
    }

    /// One of its fields as evidence, in the object that wrote it.
    pub fn place(&self, field: &'a str) -> Option<Place<'a>> {
        self.written.map(|(object, node)| Place::below(object, node, field))
    }

    /// One word of one of its lists as evidence, where it stands first.
    pub fn word(&self, field: &str, word: &str) -> Option<Place<'a>> {
        let (object, node) = self.written?;
        let found = node.get(field)?.items().find(|item| item.as_str() == Some(word))?;
        Some(Place::of(object, found))
    }

    /// How many words it is made of, and a few for itself.
    pub(crate) fn words(&self) -> usize {
        let lists = [&self.verbs, &self.groups, &self.resources, &self.names, &self.urls];
        4 + lists.iter().map(|list| list.len()).sum::<usize>()
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

    /// Whether it says the same as another, wherever each stands.
    pub(crate) fn equals(&self, other: &Self) -> bool {
        fn lists<'b, 'a>(rule: &'b Rule<'a>) -> [&'b [&'a str]; 5] {
            [&rule.verbs, &rule.groups, &rule.resources, &rule.names, &rule.urls]
        }
        lists(self) == lists(other)
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

    /// Oracle: what the documentation of the authorizer says, with resource and subresource as it
    /// gets them.
    fn naive(own: &str, resource: &str, subresource: &str) -> bool {
        let whole = match subresource {
            "" => resource.to_owned(),
            subresource => format!("{resource}/{subresource}"),
        };
        let of_all = format!("*/{subresource}");
        own == "*" || own == whole || (!subresource.is_empty() && own == of_all)
    }

    #[test]
    fn resources_are_covered_as_the_authorizer_covers_them() {
        let parts = ["", "*", "pods", "secrets", "exec", "log"];
        let joined = parts.iter().flat_map(|it| parts.map(|sub| format!("{it}/{sub}")));
        let written: Vec<String> = parts.map(str::to_owned).into_iter().chain(joined).collect();
        for resource in ["pods", "secrets", "exec"] {
            for subresource in ["", "exec", "log", "*"] {
                let asked = [resource, subresource].join("/");
                let asked = asked.trim_end_matches('/');
                for own in &written {
                    let expected = naive(own, resource, subresource);
                    assert_eq!(covers(own, asked), expected, "{own:?} on {asked:?}");
                }
            }
        }
    }

    #[test]
    fn a_rule_needs_verb_group_and_resource_at_once_and_no_names() {
        let lists = [vec!["*"], vec!["a"], vec!["b"], vec!["b", "a"], vec![]];
        for verbs in &lists {
            for groups in &lists {
                for resources in &lists {
                    for names in [vec![], vec!["x"]] {
                        let matches = |list: &[&str]| list.contains(&"*") || list.contains(&"a");
                        let expected = [verbs, groups, resources].iter().all(|it| matches(it));
                        let rule = Rule {
                            verbs: verbs.clone(),
                            groups: groups.clone(),
                            resources: resources.clone(),
                            names: names.clone(),
                            urls: vec![],
                            written: None,
                        };
                        assert_eq!(rule.allows_any("a", "a", "a"), expected && names.is_empty());
                    }
                }
            }
        }
    }
}
