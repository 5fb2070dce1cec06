//! Credentials where they leak: written out, inherited by every process, mounted for nothing.

mod account_mounts_token;
mod credential_in_annotation;
mod credential_in_configmap;
mod credential_in_probe;
mod lasting_bootstrap_token;
mod literal_credential;
mod long_lived_projected_token;
mod long_lived_token;
mod secret_in_environment;
mod secret_in_manifest;
mod shared_secret_across_environments;
mod unused_token;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    account_mounts_token::CHECK,
    credential_in_annotation::CHECK,
    credential_in_configmap::CHECK,
    credential_in_probe::CHECK,
    lasting_bootstrap_token::CHECK,
    literal_credential::CHECK,
    long_lived_projected_token::CHECK,
    long_lived_token::CHECK,
    secret_in_environment::CHECK,
    secret_in_manifest::CHECK,
    shared_secret_across_environments::CHECK,
    unused_token::CHECK,
];
