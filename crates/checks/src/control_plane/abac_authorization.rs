//! ABAC is a list of grants on the disk of a node.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{Authorizers, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "abac-authorization",
    title: "API server grants rights from a file on its node",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::AUTHORIZATION_CONFIGURATION, kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(8),
    fix: Fix::Manual("Say the same in roles and bindings, then remove ABAC from the authorizers"),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("abac_authorization.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for authorizers in Authorizers::all(cx) {
        if let Some(mode) = authorizers.mode("ABAC") {
            let message =
                "ABAC is an authorizer: a file on the node grants rights that no role shows";
            out.push(CHECK.at(&mode.place, message));
        }
    }
}
