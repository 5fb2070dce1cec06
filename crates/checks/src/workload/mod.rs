//! What a container may do to its node.

mod added_capability;
mod apparmor_override;
mod cloud_credential_file;
mod contradicted_root_user;
mod custom_selinux;
mod host_alias;
mod host_namespace;
mod host_path_mount;
mod host_port;
mod host_probe;
mod leftover_ephemeral_container;
mod low_user_id;
mod namespaced_unmasked_proc;
mod net_raw_capability;
mod node_breaking_capability;
mod privilege_escalation;
mod privileged_container;
mod privileged_port;
mod privileged_scc;
mod regained_capability;
mod root_container;
mod root_group;
mod root_not_refused;
mod root_without_user_namespace;
mod runtime_socket;
mod seccomp_unconfined;
mod seccomp_unset;
mod sensitive_host_path;
mod shared_process_namespace;
mod ssh_server;
mod subpath_mount;
mod sudo_command;
mod undropped_capability;
mod unmasked_proc;
mod unsafe_sysctl;
mod unsandboxed_untrusted_code;
mod unusual_volume_type;
mod windows_host_process;
mod writable_host_path;
mod writable_root_filesystem;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    added_capability::CHECK,
    apparmor_override::CHECK,
    cloud_credential_file::CHECK,
    contradicted_root_user::CHECK,
    custom_selinux::CHECK,
    host_alias::CHECK,
    host_namespace::CHECK,
    host_path_mount::CHECK,
    host_port::CHECK,
    host_probe::CHECK,
    leftover_ephemeral_container::CHECK,
    low_user_id::CHECK,
    namespaced_unmasked_proc::CHECK,
    net_raw_capability::CHECK,
    node_breaking_capability::CHECK,
    privilege_escalation::CHECK,
    privileged_container::CHECK,
    privileged_port::CHECK,
    privileged_scc::CHECK,
    regained_capability::CHECK,
    root_container::CHECK,
    root_group::CHECK,
    root_not_refused::CHECK,
    root_without_user_namespace::CHECK,
    runtime_socket::CHECK,
    seccomp_unconfined::CHECK,
    seccomp_unset::CHECK,
    sensitive_host_path::CHECK,
    shared_process_namespace::CHECK,
    ssh_server::CHECK,
    subpath_mount::CHECK,
    sudo_command::CHECK,
    undropped_capability::CHECK,
    unmasked_proc::CHECK,
    unsafe_sysctl::CHECK,
    unsandboxed_untrusted_code::CHECK,
    unusual_volume_type::CHECK,
    windows_host_process::CHECK,
    writable_host_path::CHECK,
    writable_root_filesystem::CHECK,
];
