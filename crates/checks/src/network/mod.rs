//! Who reaches whom, who is reached from outside, who reaches out.

mod all_namespaces_peer;
mod catch_all_ingress;
mod dangerous_ingress_annotation;
mod dangerous_ingress_snippet;
mod dangling_ingress;
mod dangling_network_policy;
mod dangling_policy_peer;
mod dangling_route;
mod dashboard_without_login;
mod egress_without_dns;
mod exposed_database;
mod exposed_management_ui;
mod exposed_privileged_pod;
mod exposed_ssh;
mod external_ip;
mod external_name_service;
mod host_network_escapes_policy;
mod ingress_controller_snippets;
mod ingress_snippet;
mod ingress_without_tls;
mod kubernetes_dashboard;
mod load_balancer_without_tls;
mod masked_client_address;
mod metadata_endpoint;
mod metadata_reachable;
mod namespace_without_default_deny;
mod node_only_logs;
mod node_port;
mod open_egress_policy;
mod open_gateway;
mod open_ingress_policy;
mod open_load_balancer;
mod plain_gateway_listener;
mod policy_peer_meant_as_and;
mod policy_without_effect;
mod retired_ingress_nginx;
mod tiller;
mod unenforced_ingress_tls;
mod unenforced_network_policy;
mod unselected_pod;
mod vulnerable_ingress_nginx;
mod weak_tls_version;
mod wide_reference_grant;
mod wildcard_ingress_host;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    all_namespaces_peer::CHECK,
    catch_all_ingress::CHECK,
    dangerous_ingress_annotation::CHECK,
    dangerous_ingress_snippet::CHECK,
    dangling_ingress::CHECK,
    dangling_network_policy::CHECK,
    dangling_policy_peer::CHECK,
    dangling_route::CHECK,
    dashboard_without_login::CHECK,
    egress_without_dns::CHECK,
    exposed_database::CHECK,
    exposed_management_ui::CHECK,
    exposed_privileged_pod::CHECK,
    exposed_ssh::CHECK,
    external_ip::CHECK,
    external_name_service::CHECK,
    host_network_escapes_policy::CHECK,
    ingress_controller_snippets::CHECK,
    ingress_snippet::CHECK,
    ingress_without_tls::CHECK,
    kubernetes_dashboard::CHECK,
    load_balancer_without_tls::CHECK,
    masked_client_address::CHECK,
    metadata_endpoint::CHECK,
    metadata_reachable::CHECK,
    namespace_without_default_deny::CHECK,
    node_only_logs::CHECK,
    node_port::CHECK,
    open_egress_policy::CHECK,
    open_gateway::CHECK,
    open_ingress_policy::CHECK,
    open_load_balancer::CHECK,
    plain_gateway_listener::CHECK,
    policy_peer_meant_as_and::CHECK,
    policy_without_effect::CHECK,
    retired_ingress_nginx::CHECK,
    tiller::CHECK,
    unenforced_ingress_tls::CHECK,
    unenforced_network_policy::CHECK,
    unselected_pod::CHECK,
    vulnerable_ingress_nginx::CHECK,
    weak_tls_version::CHECK,
    wide_reference_grant::CHECK,
    wildcard_ingress_host::CHECK,
];
