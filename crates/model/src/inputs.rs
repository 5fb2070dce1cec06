//! What was read, what was passed over, and what could not be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::kinds::Kind;

/// The account of one reading. Whatever was met is counted in exactly one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Files read, standard input included.
    pub files: usize,
    /// Documents in them; empty ones do not count.
    pub documents: usize,
    /// Kubernetes objects in those, the items of lists one by one.
    pub objects: usize,
    /// What could not be read.
    pub unreadable: Vec<Unreadable>,
    /// What is no manifest of an object, by reason.
    pub skipped: BTreeMap<SkipReason, Skipped>,
    /// How many objects of each kind nothing asked for, as `kind.group`.
    pub unasked: BTreeMap<String, usize>,
    /// Charts and kustomizations that were met and not rendered, though nobody named them.
    pub unrendered: Vec<Unreadable>,
    /// The clusters that objects were listed from.
    pub clusters: Vec<Cluster>,
}

/// A cluster that objects were listed from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cluster {
    /// The name by which the user calls it: a context of the kubeconfig.
    pub context: Arc<str>,
    /// The address of its API server.
    pub server: String,
    /// The version of its API server, such as `v1.36.3`, where it told.
    pub version: Option<String>,
    /// The namespaces that were listed; none where all were.
    pub namespaces: Vec<String>,
    /// The resources that alone were asked for, such as `pods`; none where all were.
    pub kinds: Vec<String>,
    /// What it did not list, or not to the end.
    pub unlisted: Vec<Unlisted>,
    /// When it was listed, where that was not now: the time of a dump, in RFC 3339.
    pub dumped: Option<String>,
}

/// Something that a cluster did not list, or not to the end.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unlisted {
    /// The resource with its group, such as `deployments.apps`.
    pub resource: String,
    /// The namespace, where only one was to be listed.
    pub namespace: Option<String>,
    /// Why.
    pub cause: Cause,
}

/// Why a cluster did not list something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The user may not.
    Forbidden,
    /// It failed, or was cut short: why, and what to do about it.
    Failed(String),
}

impl Cluster {
    /// Whether all objects of a kind were asked for and came.
    pub fn has_listed(&self, kind: Kind) -> bool {
        let resource = kind.resource();
        let names = [kind.kind, kind.plural, &resource];
        let is_meant = |asked: &String| names.iter().any(|name| name.eq_ignore_ascii_case(asked));
        let is_asked = self.kinds.is_empty() || self.kinds.iter().any(is_meant);
        is_asked && !self.unlisted.iter().any(|unlisted| unlisted.resource == resource)
    }

    /// What it did not list, one sentence each: what is forbidden by API group, with the rule of a
    /// role that is missing, as it stands in a manifest.
    pub fn gaps(&self) -> Vec<String> {
        let mut forbidden: BTreeMap<(Option<&str>, &str), Vec<&str>> = BTreeMap::new();
        for unlisted in self.unlisted.iter().filter(|it| it.cause == Cause::Forbidden) {
            let key = (unlisted.namespace.as_deref(), unlisted.group());
            forbidden.entry(key).or_default().push(unlisted.plural());
        }
        let sentence = |((namespace, group), resources): ((Option<&str>, &str), Vec<&str>)| {
            let resources = resources.join(", ");
            let within = namespace.map(|it| format!(" in {it}")).unwrap_or_default();
            format!(
                "forbidden to list {resources}{within}; the rule missing is \
                 {{apiGroups: [{group:?}], resources: [{resources}], verbs: [list]}}"
            )
        };
        let failed = self.unlisted.iter().filter(|it| it.cause != Cause::Forbidden);
        failed.map(ToString::to_string).chain(forbidden.into_iter().map(sentence)).collect()
    }
}

impl Unlisted {
    fn plural(&self) -> &str {
        self.resource.split_once('.').map_or(self.resource.as_str(), |(plural, _)| plural)
    }

    fn group(&self) -> &str {
        self.resource.split_once('.').map_or("", |(_, group)| group)
    }
}

impl fmt::Display for Unlisted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.resource)?;
        if let Some(namespace) = &self.namespace {
            write!(f, " in {namespace}")?;
        }
        match &self.cause {
            Cause::Forbidden => f.write_str(": forbidden"),
            Cause::Failed(why) => write!(f, ": {why}"),
        }
    }
}

/// Something that could not be read. The rest of its file was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unreadable {
    /// The file, as the user would write it.
    pub path: Arc<str>,
    /// The line, where there is one.
    pub line: Option<u32>,
    /// Why, and what to do about it.
    pub reason: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// Why a document is no manifest of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SkipReason {
    /// It is a template that must be rendered first.
    HelmTemplate,
    /// It is a patch that a kustomization lays over an object.
    KustomizePatch,
    /// It is part of a chart or kustomization, and what that renders to is judged.
    Rendered,
    /// It is YAML or JSON of another kind: no `apiVersion` and `kind`.
    NotKubernetes,
}

impl SkipReason {
    /// The word for it in JSON.
    pub fn id(self) -> &'static str {
        match self {
            SkipReason::HelmTemplate => "helm-template",
            SkipReason::KustomizePatch => "kustomize-patch",
            SkipReason::Rendered => "rendered",
            SkipReason::NotKubernetes => "not-kubernetes",
        }
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SkipReason::HelmTemplate => "Helm template, not rendered",
            SkipReason::KustomizePatch => "Kustomize patch",
            SkipReason::Rendered => "rendered",
            SkipReason::NotKubernetes => "not a Kubernetes object",
        })
    }
}

/// What was passed over for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// How many documents.
    pub documents: usize,
    /// The files that hold them.
    pub files: BTreeSet<Arc<str>>,
}

impl Inputs {
    /// Adds the account of another part.
    pub fn add(&mut self, other: Inputs) {
        self.files += other.files;
        self.documents += other.documents;
        self.objects += other.objects;
        self.unreadable.extend(other.unreadable);
        for (reason, skipped) in other.skipped {
            let own = self.skipped.entry(reason).or_default();
            own.documents += skipped.documents;
            own.files.extend(skipped.files);
        }
        for (kind, number) in other.unasked {
            *self.unasked.entry(kind).or_default() += number;
        }
        self.unrendered.extend(other.unrendered);
        self.clusters.extend(other.clusters);
    }

    /// What no cluster listed because something failed; what is forbidden is not among it.
    pub fn failed_lists(&self) -> impl Iterator<Item = &Unlisted> {
        let unlisted = self.clusters.iter().flat_map(|cluster| &cluster.unlisted);
        unlisted.filter(|it| it.cause != Cause::Forbidden)
    }

    /// Notes documents that are no manifest of an object.
    pub fn skip(&mut self, reason: SkipReason, file: &Arc<str>, documents: usize) {
        let skipped = self.skipped.entry(reason).or_default();
        skipped.documents += documents;
        skipped.files.insert(Arc::clone(file));
    }
}
