//! What the API server would refuse, or read otherwise than it was meant.

use model::{Object, schema};

use crate::check::Check;

pub(crate) const CHECKS: &[Check] = &[];

/// Whether this family has anything to say about an object.
pub(crate) fn has_something(object: &Object) -> bool {
    !object.tree().duplicates().is_empty() || !schema::mismatches(object).is_empty()
}
