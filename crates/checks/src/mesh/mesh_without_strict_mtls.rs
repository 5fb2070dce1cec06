//! A namespace in the mesh where nobody ever asked for encryption.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::istio::{self, PEER_AUTHENTICATION};

pub(crate) const CHECK: Check = Check {
    id: "mesh-without-strict-mtls",
    title: "Namespace in the mesh takes plain text by default",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: &[PEER_AUTHENTICATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1040"), Attack("T1557"), Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(8),
    fix: Fix::Review(
        "Add a PeerAuthentication without selector and with `mode: STRICT` to the root namespace",
    ),
    cel: Cel::Refused("the namespace and its policies are different objects"),
    run,
    ..Check::on(Kinds::NAMESPACES, include_str!("mesh_without_strict_mtls.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for namespace in istio::meshed(cx) {
        let name = namespace.name();
        if istio::holding_in(cx, PEER_AUTHENTICATION, name).any(says_how) {
            continue;
        }
        let message = format!("no PeerAuthentication holds for all of {name}: it takes plain text");
        out.push(CHECK.at(&Place::below(namespace, namespace.root(), "metadata.name"), message));
    }
}

/// Whether a policy sets a mode for a whole namespace. If the mode is a weak one, that is another
/// finding.
fn says_how(policy: &Object) -> bool {
    let mode = policy.get("spec.mtls.mode").and_then(Node::as_str);
    istio::is_for_all(policy) && mode.is_some_and(|mode| mode != "UNSET")
}
