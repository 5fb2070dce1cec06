//! How the API server, controllers, scheduler and etcd are started.

mod blind_audit_policy;
mod controller_signing_key_missing;
mod etcd_peers_self_signed;
mod etcd_peers_unauthenticated;
mod etcd_peers_without_tls;
mod etcd_self_signed;
mod etcd_shares_cluster_ca;
mod etcd_without_client_certificates;
mod etcd_without_tls;
mod everlasting_join_token;
mod identity_encryption_first;
mod inline_encryption_key;
mod long_lived_certificates;
mod open_component_paths;
mod open_controller_manager;
mod open_etcd_metrics;
mod open_kube_proxy_metrics;
mod open_scheduler;
mod profiling_controller_manager;
mod profiling_scheduler;
mod root_ca_missing;
mod secret_bodies_logged;
mod shared_controller_identity;
mod terminated_pods_kept;
mod unverified_join;
mod weak_encryption_provider;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    blind_audit_policy::CHECK,
    controller_signing_key_missing::CHECK,
    etcd_peers_self_signed::CHECK,
    etcd_peers_unauthenticated::CHECK,
    etcd_peers_without_tls::CHECK,
    etcd_self_signed::CHECK,
    etcd_shares_cluster_ca::CHECK,
    etcd_without_client_certificates::CHECK,
    etcd_without_tls::CHECK,
    everlasting_join_token::CHECK,
    identity_encryption_first::CHECK,
    inline_encryption_key::CHECK,
    long_lived_certificates::CHECK,
    open_component_paths::CHECK,
    open_controller_manager::CHECK,
    open_etcd_metrics::CHECK,
    open_kube_proxy_metrics::CHECK,
    open_scheduler::CHECK,
    profiling_controller_manager::CHECK,
    profiling_scheduler::CHECK,
    root_ca_missing::CHECK,
    secret_bodies_logged::CHECK,
    shared_controller_identity::CHECK,
    terminated_pods_kept::CHECK,
    unverified_join::CHECK,
    weak_encryption_provider::CHECK,
];
