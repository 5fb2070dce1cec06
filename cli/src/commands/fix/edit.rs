//! One edit, as it is remembered and told.

use finding::Fingerprint;
use scan::mend::{Mending, source};

/// A finding in a file, or in what was rendered.
pub(super) type Key = (Fingerprint, String);

/// What an edit is remembered by.
pub(super) fn key(mending: &Mending<'_>) -> Key {
    (mending.finding.fingerprint(), source(mending.location).to_owned())
}
