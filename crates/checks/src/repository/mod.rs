//! Files beside the manifests: pipelines and values.

mod credential_in_pipeline;
mod credential_in_values;
mod production_push_from_pipeline;
mod pull_request_target_checkout;
mod remote_pipeline_include;
mod secrets_for_foreign_workflow;
mod self_hosted_runner_for_strangers;
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
    remote_pipeline_include::CHECK,
    secrets_for_foreign_workflow::CHECK,
    self_hosted_runner_for_strangers::CHECK,
    unpinned_action::CHECK,
    untrusted_input_in_script::CHECK,
    wide_pipeline_token::CHECK,
];
