//! What is at the end of its life, or in the wrong place.

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
];
