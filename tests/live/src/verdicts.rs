//! What was found, as far as it must be the same wherever an object comes from.

use std::collections::BTreeSet;

use e2e::{Report, Run};

/// Check, object and path.
pub type Verdict = [String; 5];

/// Checks on the writing of a manifest: a server refuses what they find, or mends it.
const OF_WRITING: [&str; 2] = ["duplicate-key", "wrong-type"];

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

/// Those of them that are about some objects: kind, namespace and name.
pub fn about(verdicts: BTreeSet<Verdict>, objects: &BTreeSet<[String; 3]>) -> BTreeSet<Verdict> {
    let is_about = |[_, kind, namespace, name, _]: &Verdict| {
        objects.contains(&[kind.clone(), namespace.clone(), name.clone()])
    };
    verdicts.into_iter().filter(is_about).collect()
}
