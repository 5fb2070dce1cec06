//! What an outage needs, and no more.

mod autoscaler_with_low_minimum;
mod autoscaler_without_request;
mod autoscaler_without_room;
mod blocking_disruption_budget;
mod budget_above_autoscaler;
mod dangling_autoscaler;
mod dangling_disruption_budget;
mod dangling_service;
mod disruption_budget_missing;
mod downtime_on_update;
mod empty_disruption_budget;
mod identical_probes;
mod liveness_probe_missing;
mod mismatching_selector;
mod missing_service_name;
mod overlapping_selector;
mod readiness_probe_missing;
mod replicas_against_autoscaler;
mod replicas_on_one_node;
mod single_replica;
mod stuck_eviction;
mod unknown_probe_port;
mod unknown_target_port;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    autoscaler_with_low_minimum::CHECK,
    autoscaler_without_request::CHECK,
    autoscaler_without_room::CHECK,
    blocking_disruption_budget::CHECK,
    budget_above_autoscaler::CHECK,
    dangling_autoscaler::CHECK,
    dangling_disruption_budget::CHECK,
    dangling_service::CHECK,
    disruption_budget_missing::CHECK,
    downtime_on_update::CHECK,
    empty_disruption_budget::CHECK,
    identical_probes::CHECK,
    liveness_probe_missing::CHECK,
    mismatching_selector::CHECK,
    missing_service_name::CHECK,
    overlapping_selector::CHECK,
    readiness_probe_missing::CHECK,
    replicas_against_autoscaler::CHECK,
    replicas_on_one_node::CHECK,
    single_replica::CHECK,
    stuck_eviction::CHECK,
    unknown_probe_port::CHECK,
    unknown_target_port::CHECK,
];
