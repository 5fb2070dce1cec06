//! Whether a service mesh really guards what it carries.

mod jwt_without_requirement;
mod mesh_bypass;
mod mesh_without_authorization;
mod mesh_without_strict_mtls;
mod open_mesh_egress;
mod open_mesh_policy;
mod plain_mesh_gateway;
mod plain_text_jwks;
mod plain_text_mesh;
mod sidecar_opt_out;
mod tls_disabled_destination;
mod unverified_destination;
mod wildcard_mesh_gateway;

use crate::check::Check;

#[rustfmt::skip] // one line a check
pub(crate) const CHECKS: &[Check] = &[
    jwt_without_requirement::CHECK,
    mesh_bypass::CHECK,
    mesh_without_authorization::CHECK,
    mesh_without_strict_mtls::CHECK,
    open_mesh_egress::CHECK,
    open_mesh_policy::CHECK,
    plain_mesh_gateway::CHECK,
    plain_text_jwks::CHECK,
    plain_text_mesh::CHECK,
    sidecar_opt_out::CHECK,
    tls_disabled_destination::CHECK,
    unverified_destination::CHECK,
    wildcard_mesh_gateway::CHECK,
];
