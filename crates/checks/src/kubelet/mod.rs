//! How the agents on the nodes are set up.

mod anonymous_kubelet;
mod endless_kubelet_streams;
mod hostname_override;
mod kernel_defaults_overridden;
mod kubelet_allows_everything;
mod kubelet_client_certificate_not_rotated;
mod kubelet_events_lost;
mod kubelet_iptables_off;
mod kubelet_read_only_port;
mod kubelet_without_client_ca;
mod node_eviction_lost;
mod seccomp_default_off;
mod self_signed_kubelet;
mod static_pod_url;
mod unlimited_pod_processes;
mod unsafe_sysctls_allowed;
mod unverified_cached_images;
mod weak_kubelet_tls;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    anonymous_kubelet::CHECK,
    endless_kubelet_streams::CHECK,
    hostname_override::CHECK,
    kernel_defaults_overridden::CHECK,
    kubelet_allows_everything::CHECK,
    kubelet_client_certificate_not_rotated::CHECK,
    kubelet_events_lost::CHECK,
    kubelet_iptables_off::CHECK,
    kubelet_read_only_port::CHECK,
    kubelet_without_client_ca::CHECK,
    node_eviction_lost::CHECK,
    seccomp_default_off::CHECK,
    self_signed_kubelet::CHECK,
    static_pod_url::CHECK,
    unlimited_pod_processes::CHECK,
    unsafe_sysctls_allowed::CHECK,
    unverified_cached_images::CHECK,
    weak_kubelet_tls::CHECK,
];
