//! Label selectors, as `metav1.LabelSelector` defines them.

use crate::object::Labels;
use crate::tree::{Node, Type};

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
    /// Something that the API server refuses, so that nothing matches: an operator that does not
    /// exist, values where there may be none or none where there must be some, a wrong type.
    Never,
}

impl<'a> Selector<'a> {
    /// Reads `matchLabels` and `matchExpressions`. Nothing matches a selector that the API server
    /// refuses.
    pub fn read(node: Node<'a>) -> Self {
        if !is_or_null(node, Type::Map) {
            return Self::nothing();
        }
        let mut selector = node.get("matchLabels").map(Self::labels).unwrap_or_default();
        match node.get("matchExpressions") {
            Some(list) if !is_or_null(list, Type::Seq) => return Self::nothing(),
            Some(list) => selector.requirements.extend(list.items().map(Requirement::read)),
            None => {}
        }
        selector
    }

    /// Reads a plain mapping of labels, such as a Service has.
    pub fn labels(node: Node<'a>) -> Self {
        if !is_or_null(node, Type::Map) {
            return Self::nothing();
        }
        Self { requirements: node.entries().map(Requirement::label).collect() }
    }

    /// One that matches nothing, as one does that the API server refuses.
    pub fn nothing() -> Self {
        Self { requirements: vec![Requirement::Never] }
    }

    /// Whether it matches nothing, whatever there is.
    pub fn is_nothing(&self) -> bool {
        self.requirements.iter().any(|it| matches!(it, Requirement::Never))
    }

    /// One label, key and value, that it asks for, if there is such a one.
    pub fn label(&self) -> Option<(&'a str, &'a str)> {
        self.requirements.iter().find_map(|requirement| match requirement {
            Requirement::In(key, values) => match values.as_slice() {
                [value] => Some((*key, *value)),
                _ => None,
            },
            _ => None,
        })
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
    /// Null is an empty value, as everywhere in a mapping of strings.
    fn label(entry: Node<'a>) -> Self {
        match entry.kind() {
            Type::Str | Type::Null => Requirement::In(entry.key(), vec![entry.text()]),
            _ => Requirement::Never,
        }
    }

    fn read(node: Node<'a>) -> Self {
        let text = |field| node.get(field).and_then(Node::as_text);
        let (Some(key), Some(operator)) = (text("key"), text("operator")) else {
            return Requirement::Never;
        };
        let values: Vec<&str> = node.get("values").into_iter().flat_map(Node::strings).collect();
        match (operator, values.is_empty()) {
            ("In", false) => Requirement::In(key, values),
            ("NotIn", false) => Requirement::NotIn(key, values),
            ("Exists", true) => Requirement::Exists(key),
            ("DoesNotExist", true) => Requirement::Absent(key),
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

fn is_or_null(node: Node<'_>, kind: Type) -> bool {
    node.kind() == kind || node.kind() == Type::Null
}
