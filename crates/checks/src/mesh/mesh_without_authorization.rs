//! A namespace in the mesh where nobody has said who may call.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::istio::{self, AUTHORIZATION_POLICY};

pub(crate) const CHECK: Check = Check {
    id: "mesh-without-authorization",
    title: "Namespace in the mesh lets everybody call by default",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: &[AUTHORIZATION_POLICY],
    audience: Audience::Platform,
    frameworks: &[Attack("T1210"), Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(8),
    fix: Fix::Review(
        "Add an AuthorizationPolicy without selector and rules, and one for each caller",
    ),
    cel: Cel::Refused("the namespace and its policies are different objects"),
    run,
    ..Check::on(Kinds::NAMESPACES, include_str!("mesh_without_authorization.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for namespace in istio::meshed(cx) {
        let name = namespace.name();
        if istio::holding_in(cx, AUTHORIZATION_POLICY, name).any(denies_the_rest) {
            continue;
        }
        let message = format!("no AuthorizationPolicy holds for all of {name}: everybody may call");
        out.push(CHECK.at(&namespace.place("metadata.name"), message));
    }
}

/// Where a policy allows something, whatever none allows is denied.
fn denies_the_rest(policy: &Object) -> bool {
    let action = policy.get("spec.action").and_then(Node::as_text).unwrap_or("ALLOW");
    action == "ALLOW" && istio::is_for_all(policy)
}
