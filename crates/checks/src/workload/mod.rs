//! What a container may do to its node.

mod added_capability;
mod apparmor_override;
mod cloud_credential_file;
mod custom_selinux;
mod host_namespace;
mod host_path_mount;
mod host_port;
mod host_probe;
mod net_raw_capability;
mod node_breaking_capability;
mod privileged_container;
mod root_container;
mod runtime_socket;
mod seccomp_unconfined;
mod sensitive_host_path;
mod unmasked_proc;
mod unsafe_sysctl;
mod unusual_volume_type;
mod windows_host_process;
mod writable_host_path;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    added_capability::CHECK,
    apparmor_override::CHECK,
    cloud_credential_file::CHECK,
    custom_selinux::CHECK,
    host_namespace::CHECK,
    host_path_mount::CHECK,
    host_port::CHECK,
    host_probe::CHECK,
    net_raw_capability::CHECK,
    node_breaking_capability::CHECK,
    privileged_container::CHECK,
    root_container::CHECK,
    runtime_socket::CHECK,
    seccomp_unconfined::CHECK,
    sensitive_host_path::CHECK,
    unmasked_proc::CHECK,
    unsafe_sysctl::CHECK,
    unusual_volume_type::CHECK,
    windows_host_process::CHECK,
    writable_host_path::CHECK,
];
