//! Who reaches whom, who is reached from outside, who reaches out.

mod metadata_reachable;
mod namespace_without_default_deny;
mod open_load_balancer;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    metadata_reachable::CHECK,
    namespace_without_default_deny::CHECK,
    open_load_balancer::CHECK,
];
