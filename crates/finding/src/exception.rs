//! A risk that a person accepted: which check, on what, why, by whom, until when.

use jiff::civil::Date;
use model::{ObjectId, Position};

use crate::finding::Finding;

/// An accepted risk. Without a reason, an owner and an end it would be a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The id of the check.
    pub check: String,
    /// The objects it holds for.
    pub object: ObjectPattern,
    /// Why the risk is borne.
    pub reason: String,
    /// Who bears it.
    pub owner: String,
    /// The last day it holds.
    pub expires: Option<Date>,
    /// The file that says so.
    pub file: String,
    /// The place in it.
    pub position: Position,
}

/// Objects by kind, namespace and name. What is not given matches all; `*` stands for any text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectPattern {
    /// Kind.
    pub kind: Option<String>,
    /// Namespace.
    pub namespace: Option<String>,
    /// Name.
    pub name: Option<String>,
}

impl Exception {
    /// Whether it speaks of a finding, whatever the day.
    pub fn covers(&self, finding: &Finding) -> bool {
        self.check == finding.check && self.object.matches(&finding.object)
    }

    /// Whether its last day is over.
    pub fn has_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|last| last < today)
    }
}

impl ObjectPattern {
    /// The pattern of one object alone.
    pub fn exactly(id: &ObjectId) -> Self {
        Self {
            kind: Some(id.kind.to_string()),
            namespace: id.namespace.as_deref().map(ToOwned::to_owned),
            name: Some(id.name.to_string()),
        }
    }

    /// Whether an object is meant.
    pub fn matches(&self, id: &ObjectId) -> bool {
        let fits = |pattern: &Option<String>, text: &str| {
            pattern.as_deref().is_none_or(|pattern| glob(pattern, text))
        };
        fits(&self.kind, &id.kind)
            && fits(&self.namespace, id.namespace.as_deref().unwrap_or_default())
            && fits(&self.name, &id.name)
    }
}

/// Matches a text against a pattern in which `*` stands for any text, in linear time for each star.
fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.len() >= last.len() && rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::glob;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(glob("node-*", "node-exporter"));
        assert!(glob("*", ""));
        assert!(glob("a*b*c", "aXbYc"));
        assert!(!glob("a*b*c", "aXcYb"));
        assert!(!glob("ab*ba", "aba"));
        assert!(glob("web", "web"));
        assert!(!glob("web", "web-2"));
    }
}
