//! One edit, as it is remembered and told.

use finding::Fingerprint;
use scan::mend::Mending;

/// A finding in a file.
pub(super) type Key = (Fingerprint, String);

/// What an edit is remembered by.
pub(super) fn key(mending: &Mending<'_>) -> Key {
    (mending.finding.fingerprint(), mending.location.file.to_string())
}
