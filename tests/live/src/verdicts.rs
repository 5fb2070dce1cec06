//! What was found, as far as it must be the same wherever an object comes from.

use std::collections::BTreeSet;

use e2e::{Report, Run};

/// Check, object and path.
pub type Verdict = [String; 5];

/// Checks on the writing of a manifest: a server refuses what they find, or mends it.
/// `deprecated-service-account-field` is mended, since a server writes one name into both fields, and
/// `secret-in-manifest` is about Secrets that lie in files.
const OF_WRITING: [&str; 4] =
    ["deprecated-service-account-field", "duplicate-key", "secret-in-manifest", "wrong-type"];

/// The verdicts of a run. Where an object was given in several versions of its API, they are the
/// same.
pub fn of(run: &Run) -> BTreeSet<Verdict> {
    let Report { findings, .. } = run.report();
    let lasting = findings.into_iter().filter(|it| !OF_WRITING.contains(&it.check.as_str()));
    lasting
        .map(|it| {
            let namespace = it.object.namespace.unwrap_or_default();
            [it.check, it.object.kind, namespace, it.object.name, it.path]
        })
        .collect()
}

/// Whether a verdict is about an object that got its namespace when it was applied: its manifest
/// names none, so that it may go anywhere, and on the server it is in `default`.
pub fn is_about_where_it_went([check, _, namespace, ..]: &Verdict) -> bool {
    check == "default-namespace" && namespace == "default"
}

/// Those of them that are about some objects: kind, namespace and name.
pub fn about(verdicts: BTreeSet<Verdict>, objects: &BTreeSet<[String; 3]>) -> BTreeSet<Verdict> {
    let is_about = |[_, kind, namespace, name, _]: &Verdict| {
        objects.contains(&[kind.clone(), namespace.clone(), name.clone()])
    };
    verdicts.into_iter().filter(is_about).collect()
}
