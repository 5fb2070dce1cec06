//! How the API server, controllers, scheduler and etcd are started.

mod abac_authorization;
mod account_key_missing;
mod alpha_features_enabled;
mod anonymous_api_server;
mod anonymous_authentication_configuration;
mod audit_log_missing;
mod audit_policy_missing;
mod authorization_webhook_fails_open;
mod basic_auth_file;
mod blind_audit_policy;
mod broad_pod_security_exemption;
mod cached_image_reuse;
mod claim_mapping_to_system;
mod client_ca_missing;
mod controller_signing_key_missing;
mod disabled_admission_plugin;
mod etcd_peers_self_signed;
mod etcd_peers_unauthenticated;
mod etcd_peers_without_tls;
mod etcd_self_signed;
mod etcd_shares_cluster_ca;
mod etcd_without_client_certificates;
mod etcd_without_tls;
mod everlasting_join_token;
mod everything_admitted;
mod everything_authorized;
mod extended_token_lifetime;
mod front_proxy_impersonation;
mod identity_encryption_first;
mod image_policy_fails_open;
mod inline_encryption_key;
mod insecure_api_port;
mod kubelet_client_certificate_missing;
mod long_authentication_cache;
mod long_lived_certificates;
mod long_request_timeout;
mod node_authorizer_missing;
mod node_restriction_missing;
mod open_component_paths;
mod open_controller_manager;
mod open_cors;
mod open_etcd_metrics;
mod open_kube_proxy_metrics;
mod open_scheduler;
mod plain_etcd_connection;
mod plain_kubelet_connection;
mod pod_security_default_privileged;
mod profiling_api_server;
mod profiling_controller_manager;
mod profiling_scheduler;
mod rbac_disabled;
mod removed_admission_plugin;
mod removed_api_server_flag;
mod request_starvation;
mod revoked_account_still_valid;
mod root_ca_missing;
mod secret_bodies_logged;
mod security_feature_disabled;
mod self_signed_api_server;
mod service_external_ips_admitted;
mod shared_controller_identity;
mod short_audit_retention;
mod static_token_file;
mod terminated_pods_kept;
mod unencrypted_etcd;
mod unlimited_event_rate;
mod unverified_join;
mod unverified_kubelet;
mod weak_api_server_tls;
mod weak_encryption_provider;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    abac_authorization::CHECK,
    account_key_missing::CHECK,
    alpha_features_enabled::CHECK,
    anonymous_api_server::CHECK,
    anonymous_authentication_configuration::CHECK,
    audit_log_missing::CHECK,
    audit_policy_missing::CHECK,
    authorization_webhook_fails_open::CHECK,
    basic_auth_file::CHECK,
    blind_audit_policy::CHECK,
    broad_pod_security_exemption::CHECK,
    cached_image_reuse::CHECK,
    claim_mapping_to_system::CHECK,
    client_ca_missing::CHECK,
    controller_signing_key_missing::CHECK,
    disabled_admission_plugin::CHECK,
    etcd_peers_self_signed::CHECK,
    etcd_peers_unauthenticated::CHECK,
    etcd_peers_without_tls::CHECK,
    etcd_self_signed::CHECK,
    etcd_shares_cluster_ca::CHECK,
    etcd_without_client_certificates::CHECK,
    etcd_without_tls::CHECK,
    everlasting_join_token::CHECK,
    everything_admitted::CHECK,
    everything_authorized::CHECK,
    extended_token_lifetime::CHECK,
    front_proxy_impersonation::CHECK,
    identity_encryption_first::CHECK,
    image_policy_fails_open::CHECK,
    inline_encryption_key::CHECK,
    insecure_api_port::CHECK,
    kubelet_client_certificate_missing::CHECK,
    long_authentication_cache::CHECK,
    long_lived_certificates::CHECK,
    long_request_timeout::CHECK,
    node_authorizer_missing::CHECK,
    node_restriction_missing::CHECK,
    open_component_paths::CHECK,
    open_controller_manager::CHECK,
    open_cors::CHECK,
    open_etcd_metrics::CHECK,
    open_kube_proxy_metrics::CHECK,
    open_scheduler::CHECK,
    plain_etcd_connection::CHECK,
    plain_kubelet_connection::CHECK,
    pod_security_default_privileged::CHECK,
    profiling_api_server::CHECK,
    profiling_controller_manager::CHECK,
    profiling_scheduler::CHECK,
    rbac_disabled::CHECK,
    removed_admission_plugin::CHECK,
    removed_api_server_flag::CHECK,
    request_starvation::CHECK,
    revoked_account_still_valid::CHECK,
    root_ca_missing::CHECK,
    secret_bodies_logged::CHECK,
    security_feature_disabled::CHECK,
    self_signed_api_server::CHECK,
    service_external_ips_admitted::CHECK,
    shared_controller_identity::CHECK,
    short_audit_retention::CHECK,
    static_token_file::CHECK,
    terminated_pods_kept::CHECK,
    unencrypted_etcd::CHECK,
    unlimited_event_rate::CHECK,
    unverified_join::CHECK,
    unverified_kubelet::CHECK,
    weak_api_server_tls::CHECK,
    weak_encryption_provider::CHECK,
];
