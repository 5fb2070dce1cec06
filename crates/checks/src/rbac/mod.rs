//! Grants that are too wide: more than anybody needs, or for more people than need it.

mod wildcard_rule;

use crate::check::Check;

pub(crate) const CHECKS: &[Check] = &[wildcard_rule::CHECK];
