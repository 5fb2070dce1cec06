//! Limits that keep one workload from starving others.

mod cpu_limit;
mod cpu_request_missing;
mod ephemeral_storage_unlimited;
mod incomplete_quota;
mod memory_limit_missing;
mod memory_overcommit;
mod memory_request_missing;
mod namespace_without_limit_range;
mod namespace_without_quota;
mod request_above_limit;
mod system_priority;
mod unlimited_memory_volume;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    cpu_limit::CHECK,
    cpu_request_missing::CHECK,
    ephemeral_storage_unlimited::CHECK,
    incomplete_quota::CHECK,
    memory_limit_missing::CHECK,
    memory_overcommit::CHECK,
    memory_request_missing::CHECK,
    namespace_without_limit_range::CHECK,
    namespace_without_quota::CHECK,
    request_above_limit::CHECK,
    system_priority::CHECK,
    unlimited_memory_volume::CHECK,
];
