//! What the API server would refuse, or read otherwise than it was meant.

mod duplicate_key;
mod wrong_type;

use model::{Object, schema};

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    duplicate_key::CHECK,
    wrong_type::CHECK,
];

/// Whether this family has anything to say about an object.
pub(crate) fn has_something(object: &Object) -> bool {
    !object.tree().duplicates().is_empty() || !schema::mismatches(object).is_empty()
}
