//! A risk that a person accepted: which check, on what, why, by whom, until when.

use std::sync::Arc;

use jiff::civil::Date;
use model::ObjectId;

use crate::finding::{Accepted, Finding, Location};
use crate::source::Source;

/// An accepted risk. Without a reason, an owner and an end it would be a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// The id of the check.
    pub check: String,
    /// The objects it holds for.
    pub objects: Objects,
    /// What of them it holds for.
    pub part: Part,
    /// Why the risk is borne.
    pub reason: String,
    /// Who bears it.
    pub owner: String,
    /// The last day it holds.
    pub expires: Option<Date>,
    /// Where it stands; nothing where a live object says it of itself.
    pub at: Option<Location>,
    /// Who wrote it.
    pub source: Source,
}

/// The objects that an exception holds for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objects {
    /// One alone, in any version of its API. A star in its name is a star.
    Only(Arc<ObjectId>),
    /// All that fit a pattern.
    Like(ObjectPattern),
}

/// Objects by group, kind, namespace and name. What is not given matches all; `*` stands for any text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectPattern {
    /// Group of the API; empty for the core group.
    pub group: Option<String>,
    /// Kind.
    pub kind: Option<String>,
    /// Namespace.
    pub namespace: Option<String>,
    /// Name.
    pub name: Option<String>,
}

/// A part of objects. What is not given matches all; `*` stands for any text.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part {
    /// The container, by its name: only findings that stand in one are covered.
    pub container: Option<String>,
    /// The repositories of images, with their registry and without a tag; here `*` ends at a slash.
    /// Only the container that a finding stands in, or all of the pod, decide.
    pub images: Vec<String>,
    /// The field, from the object's root.
    pub field: Option<String>,
    /// The last part of the path of the file, whole folders at a time. A finding with several places
    /// is covered if all are.
    pub file: Option<String>,
}

impl Exception {
    /// An exception of which nothing is known but where it came from.
    pub fn from(source: Source, objects: Objects, at: Option<Location>) -> Self {
        let (check, reason, owner) = (String::new(), String::new(), String::new());
        Self { check, objects, part: Part::default(), reason, owner, expires: None, at, source }
    }

    /// Whether it speaks of a finding, whatever the day and the images.
    pub fn covers(&self, finding: &Finding) -> bool {
        self.check == finding.check
            && self.objects.include(&finding.object)
            && self.part.includes(finding)
    }

    /// What it says of a finding that it covers.
    pub fn accepted(&self) -> Accepted {
        let (reason, owner) = (self.reason.clone(), self.owner.clone());
        Accepted { reason, owner, expires: self.expires, source: self.source }
    }

    /// Where it stands, as a person finds it: file and line, or the live object.
    pub fn whereabouts(&self) -> String {
        match (&self.at, &self.objects) {
            (Some(location), _) => location.to_string(),
            (None, Objects::Only(id)) => id.to_string(),
            (None, Objects::Like(_)) => "shipped with ringfence".to_owned(),
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
        fits(&self.group, id.group())
            && fits(&self.kind, &id.kind)
            && fits(&self.namespace, id.namespace.as_deref().unwrap_or_default())
            && fits(&self.name, &id.name)
    }
}

impl Part {
    /// Whether a finding stands in it, as far as the finding itself can tell: not by images.
    pub fn includes(&self, finding: &Finding) -> bool {
        let field = self.field.as_deref().is_none_or(|field| glob(field, &finding.path));
        let container = self.container.as_deref().is_none_or(|pattern| {
            finding.container().is_some_and(|container| glob(pattern, container))
        });
        field && container && self.file.as_deref().is_none_or(|file| stands_in(finding, file))
    }

    /// Whether an image may be in it.
    pub fn allows_image(&self, name: &str) -> bool {
        self.images.is_empty() || self.images.iter().any(|pattern| path_glob(pattern, name))
    }
}

fn stands_in(finding: &Finding, pattern: &str) -> bool {
    let depth = pattern.matches('/').count();
    let ends_so = |location: &Location| {
        let start = location.file.rmatch_indices('/').nth(depth).map_or(0, |(slash, _)| slash + 1);
        glob(pattern, &location.file[start..])
    };
    !finding.locations.is_empty() && finding.locations.iter().all(ends_so)
}

/// Matches part by part, so that a star never crosses a slash: no host may pass for a folder.
fn path_glob(pattern: &str, text: &str) -> bool {
    let (patterns, parts) = (pattern.split('/'), text.split('/'));
    patterns.clone().count() == parts.clone().count()
        && patterns.zip(parts).all(|(pattern, part)| glob(pattern, part))
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
    fn a_star_in_a_repository_never_crosses_a_slash() {
        let own = "*.dkr.ecr.*.amazonaws.com/eks/kube-proxy";
        assert!(path_glob(own, "602401143452.dkr.ecr.eu-west-1.amazonaws.com/eks/kube-proxy"));
        assert!(!path_glob(own, "evil.example/a.dkr.ecr.b.amazonaws.com/eks/kube-proxy"));
        assert!(!path_glob("registry.k8s.io/kube-proxy", "registry.k8s.io/kube-proxy/x"));
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
