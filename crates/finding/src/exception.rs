//! A risk that a person accepted: which check, on what, why, by whom, until when.

use std::sync::Arc;

use jiff::civil::Date;
use model::ObjectId;

use crate::finding::{Accepted, Finding, Location};

/// An accepted risk. Without a reason, an owner and an end it would be a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The id of the check.
    pub check: String,
    /// The objects it holds for.
    pub objects: Objects,
    /// Why the risk is borne.
    pub reason: String,
    /// Who bears it.
    pub owner: String,
    /// The last day it holds.
    pub expires: Option<Date>,
    /// Where it stands; nothing where a live object says it of itself.
    pub at: Option<Location>,
}

/// The objects that an exception holds for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objects {
    /// One alone, in any version of its API. A star in its name is a star.
    Only(Arc<ObjectId>),
    /// All that fit a pattern.
    Like(ObjectPattern),
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
        self.check == finding.check && self.objects.include(&finding.object)
    }

    /// What it says of a finding that it covers.
    pub fn accepted(&self) -> Accepted {
        Accepted { reason: self.reason.clone(), owner: self.owner.clone(), expires: self.expires }
    }

    /// Where it stands, as a person finds it: file and line, or the live object.
    pub fn whereabouts(&self) -> String {
        match (&self.at, &self.objects) {
            (Some(location), _) => location.to_string(),
            (None, Objects::Only(id)) => id.to_string(),
            (None, Objects::Like(_)) => String::new(),
        }
    }

    /// Whether its last day is over.
    pub fn has_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|last| last < today)
    }
}

impl Objects {
    /// Whether an object is among them.
    pub fn include(&self, id: &ObjectId) -> bool {
        match self {
            Objects::Only(own) => own.identity() == id.identity(),
            Objects::Like(pattern) => pattern.matches(id),
        }
    }
}

impl ObjectPattern {
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
pub fn glob(pattern: &str, text: &str) -> bool {
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
    use super::*;

    fn pod(name: &str) -> ObjectId {
        ObjectId {
            api_version: "v1".into(),
            kind: "Pod".into(),
            namespace: Some("default".into()),
            name: name.into(),
        }
    }

    #[test]
    fn a_star_in_the_name_of_one_object_stands_for_itself() {
        let only = Objects::Only(Arc::new(pod("web-*")));
        assert!(only.include(&pod("web-*")));
        assert!(!only.include(&pod("web-1")));
    }

    #[test]
    fn one_object_is_the_same_in_every_version_of_its_api() {
        let only = Objects::Only(Arc::new(pod("web")));
        assert!(only.include(&ObjectId { api_version: "v2".into(), ..pod("web") }));
        assert!(!only.include(&ObjectId { api_version: "other/v1".into(), ..pod("web") }));
    }

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
