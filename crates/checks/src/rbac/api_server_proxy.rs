//! The API server calls pods and Services in the name of whoever asks it to.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::{Power, power};

pub(crate) const CHECK: Check = Check {
    id: "api-server-proxy",
    title: "Role allows requests to pods and Services through the API server",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Network), Owasp("K03")],
    effort: Hours(2),
    fix: Fix::Manual("Name the Services with `resourceNames`, or take the proxy out"),
    cel: Cel::Exact(POWER.cel),
    run,
    ..Check::on(Kinds::ROLES, include_str!("api_server_proxy.md"))
};

const POWER: Power = power!(
    ["create", "delete", "get", "patch", "update"] on Namespace ""
        ["pods/proxy", "services/proxy", "*/proxy"]
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    POWER.find(cx, &CHECK, "send requests to pods and Services past every NetworkPolicy", out);
}
