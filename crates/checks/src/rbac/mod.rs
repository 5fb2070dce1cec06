//! Grants that are too wide: more than anybody needs, or for more people than need it.

mod cluster_admin_bound;
mod cluster_wide_secret_reader;
mod wildcard_rule;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    cluster_admin_bound::CHECK,
    cluster_wide_secret_reader::CHECK,
    wildcard_rule::CHECK,
];
