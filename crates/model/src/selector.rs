//! Label selectors, as `metav1.LabelSelector` defines them.

use crate::object::Labels;
use crate::tree::Node;

/// A label selector. Empty, it matches everything.
#[derive(Clone, Debug, Default)]
pub struct Selector<'a> {
    requirements: Vec<Requirement<'a>>,
}

#[derive(Clone, Debug)]
enum Requirement<'a> {
    In(&'a str, Vec<&'a str>),
    NotIn(&'a str, Vec<&'a str>),
    Exists(&'a str),
    Absent(&'a str),
    /// An operator that does not exist: the API server refuses it, so nothing matches.
    Never,
}

impl<'a> Selector<'a> {
    /// Reads `matchLabels` and `matchExpressions`.
    pub fn read(node: Node<'a>) -> Self {
        let mut selector = node.get("matchLabels").map(Self::labels).unwrap_or_default();
        let expressions = node.get("matchExpressions").into_iter().flat_map(Node::items);
        selector.requirements.extend(expressions.map(Requirement::read));
        selector
    }

    /// Reads a plain mapping of labels, such as a Service has.
    pub fn labels(node: Node<'a>) -> Self {
        let requirement = |entry: Node<'a>| Requirement::In(entry.key(), vec![entry.text()]);
        Self { requirements: node.entries().map(requirement).collect() }
    }

    /// Whether it asks for nothing, and so matches everything.
    pub fn is_empty(&self) -> bool {
        self.requirements.is_empty()
    }

    /// Whether labels satisfy all of it. `NotIn` and `DoesNotExist` hold where the key is absent.
    pub fn matches(&self, labels: Labels<'_>) -> bool {
        self.requirements.iter().all(|requirement| requirement.holds(labels))
    }
}

impl<'a> Requirement<'a> {
    fn read(node: Node<'a>) -> Self {
        let key = node.get("key").and_then(Node::as_str).unwrap_or_default();
        let values = || node.get("values").into_iter().flat_map(Node::strings).collect();
        match node.get("operator").and_then(Node::as_str) {
            Some("In") => Requirement::In(key, values()),
            Some("NotIn") => Requirement::NotIn(key, values()),
            Some("Exists") => Requirement::Exists(key),
            Some("DoesNotExist") => Requirement::Absent(key),
            _ => Requirement::Never,
        }
    }

    fn holds(&self, labels: Labels<'_>) -> bool {
        match self {
            Requirement::In(key, values) => labels.get(key).is_some_and(|it| values.contains(&it)),
            Requirement::NotIn(key, values) => {
                labels.get(key).is_none_or(|it| !values.contains(&it))
            }
            Requirement::Exists(key) => labels.get(key).is_some(),
            Requirement::Absent(key) => labels.get(key).is_none(),
            Requirement::Never => false,
        }
    }
}
