//! Who reaches whom, who is reached from outside, who reaches out.

use crate::check::Check;

pub(crate) const CHECKS: &[Check] = &[];
