//! Credentials where they leak: written out, inherited by every process, mounted for nothing.

mod secret_in_environment;

use crate::check::Check;

pub(crate) const CHECKS: &[Check] = &[secret_in_environment::CHECK];
