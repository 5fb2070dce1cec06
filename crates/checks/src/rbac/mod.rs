//! Grants that are too wide: more than anybody needs, or for more people than need it.

mod cluster_admin_bound;
mod wildcard_rule;

use crate::check::Check;

pub(crate) const CHECKS: &[Check] = &[cluster_admin_bound::CHECK, wildcard_rule::CHECK];
