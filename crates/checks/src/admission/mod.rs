//! What admits objects: webhooks, policies, Pod Security labels.

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
];
