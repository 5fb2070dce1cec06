//! Grants that are too wide: more than anybody needs, or for more people than need it.

mod aggregation_injection;
mod anonymous_grant;
mod api_extension_writer;
mod api_server_proxy;
mod authenticated_grant;
mod aws_auth_writer;
mod certificate_approval;
mod cluster_admin_bound;
mod cluster_role_for_one_namespace;
mod cluster_wide_secret_reader;
mod configmap_writer;
mod coredns_writer;
mod dangling_role;
mod dangling_subject;
mod default_account_grant;
mod default_service_account;
mod deprecated_service_account_field;
mod ephemeral_container_injection;
mod event_deletion;
mod foreign_subject;
mod impersonation;
mod mass_deletion;
mod masters_group;
mod missing_service_account;
mod namespace_accounts_grant;
mod namespace_admin_bound;
mod namespace_label_writer;
mod network_writer;
mod node_proxy;
mod node_writer;
mod persistent_volume_creator;
mod person_bound_directly;
mod pod_attach;
mod pod_creator;
mod pod_exec;
mod port_forwarding;
mod privileged_scc_use;
mod role_binding_power;
mod role_escalation;
mod role_writer;
mod rule_without_effect;
mod secret_reader;
mod secret_writer;
mod service_status_writer;
mod system_role_bound;
mod token_minting;
mod webhook_writer;
mod wildcard_rule;
mod workload_with_cluster_takeover;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    aggregation_injection::CHECK,
    anonymous_grant::CHECK,
    api_extension_writer::CHECK,
    api_server_proxy::CHECK,
    authenticated_grant::CHECK,
    aws_auth_writer::CHECK,
    certificate_approval::CHECK,
    cluster_admin_bound::CHECK,
    cluster_role_for_one_namespace::CHECK,
    cluster_wide_secret_reader::CHECK,
    configmap_writer::CHECK,
    coredns_writer::CHECK,
    dangling_role::CHECK,
    dangling_subject::CHECK,
    default_account_grant::CHECK,
    default_service_account::CHECK,
    deprecated_service_account_field::CHECK,
    ephemeral_container_injection::CHECK,
    event_deletion::CHECK,
    foreign_subject::CHECK,
    impersonation::CHECK,
    mass_deletion::CHECK,
    masters_group::CHECK,
    missing_service_account::CHECK,
    namespace_accounts_grant::CHECK,
    namespace_admin_bound::CHECK,
    namespace_label_writer::CHECK,
    network_writer::CHECK,
    node_proxy::CHECK,
    node_writer::CHECK,
    persistent_volume_creator::CHECK,
    person_bound_directly::CHECK,
    pod_attach::CHECK,
    pod_creator::CHECK,
    pod_exec::CHECK,
    port_forwarding::CHECK,
    privileged_scc_use::CHECK,
    role_binding_power::CHECK,
    role_escalation::CHECK,
    role_writer::CHECK,
    rule_without_effect::CHECK,
    secret_reader::CHECK,
    secret_writer::CHECK,
    service_status_writer::CHECK,
    system_role_bound::CHECK,
    token_minting::CHECK,
    webhook_writer::CHECK,
    wildcard_rule::CHECK,
    workload_with_cluster_takeover::CHECK,
];
