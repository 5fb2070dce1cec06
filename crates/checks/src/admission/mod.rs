//! What admits objects: webhooks, policies, Pod Security labels.

mod audit_only_policy;
mod cluster_locking_webhook;
mod dangling_webhook;
mod fail_open_policy;
mod fail_open_webhook;
mod namespace_without_pod_security;
mod pod_security_only_warns;
mod pod_security_policy_leftover;
mod policy_exempt_namespace;
mod privileged_namespace;
mod slow_webhook;
mod unbound_admission_policy;
mod webhook_opt_out;
mod webhook_outside_cluster;
mod webhook_reads_secrets;
mod wide_policy_exception;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    audit_only_policy::CHECK,
    cluster_locking_webhook::CHECK,
    dangling_webhook::CHECK,
    fail_open_policy::CHECK,
    fail_open_webhook::CHECK,
    namespace_without_pod_security::CHECK,
    pod_security_only_warns::CHECK,
    pod_security_policy_leftover::CHECK,
    policy_exempt_namespace::CHECK,
    privileged_namespace::CHECK,
    slow_webhook::CHECK,
    unbound_admission_policy::CHECK,
    webhook_opt_out::CHECK,
    webhook_outside_cluster::CHECK,
    webhook_reads_secrets::CHECK,
    wide_policy_exception::CHECK,
];
