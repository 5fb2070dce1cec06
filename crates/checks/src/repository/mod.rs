//! Files beside the manifests: pipelines and values.

mod credential_in_pipeline;
mod credential_in_values;
mod production_push_from_pipeline;
mod pull_request_target_checkout;
mod unpinned_action;
mod untrusted_input_in_script;
mod wide_pipeline_token;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    credential_in_pipeline::CHECK,
    credential_in_values::CHECK,
    production_push_from_pipeline::CHECK,
    pull_request_target_checkout::CHECK,
    unpinned_action::CHECK,
    untrusted_input_in_script::CHECK,
    wide_pipeline_token::CHECK,
];
