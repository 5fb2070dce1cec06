//! Who reaches whom, who is reached from outside, who reaches out.

mod namespace_without_default_deny;

use crate::check::Check;

pub(crate) const CHECKS: &[Check] = &[namespace_without_default_deny::CHECK];
