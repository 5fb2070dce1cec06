//! What an outage needs, and no more.

mod blocking_disruption_budget;
mod budget_above_autoscaler;
mod dangling_disruption_budget;
mod disruption_budget_missing;
mod empty_disruption_budget;
mod identical_probes;
mod liveness_probe_missing;
mod readiness_probe_missing;
mod single_replica;
mod stuck_eviction;
mod unknown_probe_port;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    blocking_disruption_budget::CHECK,
    budget_above_autoscaler::CHECK,
    dangling_disruption_budget::CHECK,
    disruption_budget_missing::CHECK,
    empty_disruption_budget::CHECK,
    identical_probes::CHECK,
    liveness_probe_missing::CHECK,
    readiness_probe_missing::CHECK,
    single_replica::CHECK,
    stuck_eviction::CHECK,
    unknown_probe_port::CHECK,
];
