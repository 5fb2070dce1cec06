//! Grants that are too wide: more than anybody needs, or for more people than need it.

use crate::check::Check;

pub(crate) const CHECKS: &[Check] = &[];
