//! What an outage needs, and no more.

mod abrupt_termination;
mod autoscaler_with_low_minimum;
mod autoscaler_without_request;
mod autoscaler_without_room;
mod blocking_disruption_budget;
mod budget_above_autoscaler;
mod cron_job_without_deadline;
mod dangling_autoscaler;
mod dangling_disruption_budget;
mod dangling_service;
mod dangling_service_monitor;
mod disruption_budget_missing;
mod downtime_on_update;
mod duplicate_variable;
mod empty_disruption_budget;
mod finished_job_kept;
mod identical_probes;
mod idle_spread_constraint;
mod invalid_container_port;
mod invalid_label;
mod invalid_restart_policy;
mod liveness_probe_missing;
mod mismatching_selector;
mod missing_config_reference;
mod missing_service_name;
mod naked_pod;
mod overlapping_cron_job;
mod overlapping_selector;
mod readiness_probe_missing;
mod replicas_against_autoscaler;
mod replicas_on_one_node;
mod single_replica;
mod stuck_cron_job;
mod stuck_eviction;
mod unknown_priority_class;
mod unknown_probe_port;
mod unknown_target_port;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    abrupt_termination::CHECK,
    autoscaler_with_low_minimum::CHECK,
    autoscaler_without_request::CHECK,
    autoscaler_without_room::CHECK,
    blocking_disruption_budget::CHECK,
    budget_above_autoscaler::CHECK,
    cron_job_without_deadline::CHECK,
    dangling_autoscaler::CHECK,
    dangling_disruption_budget::CHECK,
    dangling_service::CHECK,
    dangling_service_monitor::CHECK,
    disruption_budget_missing::CHECK,
    downtime_on_update::CHECK,
    duplicate_variable::CHECK,
    empty_disruption_budget::CHECK,
    finished_job_kept::CHECK,
    identical_probes::CHECK,
    idle_spread_constraint::CHECK,
    invalid_container_port::CHECK,
    invalid_label::CHECK,
    invalid_restart_policy::CHECK,
    liveness_probe_missing::CHECK,
    mismatching_selector::CHECK,
    missing_config_reference::CHECK,
    missing_service_name::CHECK,
    naked_pod::CHECK,
    overlapping_cron_job::CHECK,
    overlapping_selector::CHECK,
    readiness_probe_missing::CHECK,
    replicas_against_autoscaler::CHECK,
    replicas_on_one_node::CHECK,
    single_replica::CHECK,
    stuck_cron_job::CHECK,
    stuck_eviction::CHECK,
    unknown_priority_class::CHECK,
    unknown_probe_port::CHECK,
    unknown_target_port::CHECK,
];
