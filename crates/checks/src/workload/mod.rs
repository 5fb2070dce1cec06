//! What a container may do to its node.

mod host_namespace;
mod privileged_container;
mod root_container;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    host_namespace::CHECK,
    privileged_container::CHECK,
    root_container::CHECK,
];
