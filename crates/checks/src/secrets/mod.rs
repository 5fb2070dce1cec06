//! Credentials where they leak: written out, inherited by every process, mounted for nothing.

mod literal_credential;
mod secret_in_environment;
mod unused_token;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    literal_credential::CHECK,
    secret_in_environment::CHECK,
    unused_token::CHECK,
];
