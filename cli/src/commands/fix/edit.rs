//! One edit, as it is remembered and told.

use finding::Fingerprint;
use report::fix::Mended;
use scan::mend::{Level, Mending};

/// A finding in a file.
pub(super) type Key = (Fingerprint, String);

/// What an edit is remembered by.
pub(super) fn key(mending: &Mending<'_>) -> Key {
    (mending.finding.fingerprint(), mending.location.file.to_string())
}

/// What is told of an edit.
pub(super) fn mended(mending: &Mending<'_>) -> Mended {
    Mended {
        file: mending.location.file.to_string(),
        line: mending.location.line,
        check: mending.finding.check.to_string(),
        object: mending.finding.object.to_string(),
        review: mending.level == Level::Review,
        changes: mending.changes.clone(),
        was: mending.was.clone(),
    }
}
