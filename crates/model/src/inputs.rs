//! What was read, what was passed over, and what could not be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

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

/// Why a document is no manifest of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SkipReason {
    /// It is a template that must be rendered first.
    HelmTemplate,
    /// It is a patch that a kustomization lays over an object.
    KustomizePatch,
    /// It is YAML or JSON of another kind: no `apiVersion` and `kind`.
    NotKubernetes,
}

impl SkipReason {
    /// The word for it in JSON.
    pub fn id(self) -> &'static str {
        match self {
            SkipReason::HelmTemplate => "helm-template",
            SkipReason::KustomizePatch => "kustomize-patch",
            SkipReason::NotKubernetes => "not-kubernetes",
        }
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SkipReason::HelmTemplate => "Helm template, not rendered",
            SkipReason::KustomizePatch => "Kustomize patch",
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
    }

    /// Notes documents that are no manifest of an object.
    pub fn skip(&mut self, reason: SkipReason, file: &Arc<str>, documents: usize) {
        let skipped = self.skipped.entry(reason).or_default();
        skipped.documents += documents;
        skipped.files.insert(Arc::clone(file));
    }
}
