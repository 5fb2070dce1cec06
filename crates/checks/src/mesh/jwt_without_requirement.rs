//! Tokens are verified where they are sent, and nobody has to send one.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::istio::{self, AUTHORIZATION_POLICY, REQUEST_AUTHENTICATION, ROOT};

pub(crate) const CHECK: Check = Check {
    id: "jwt-without-requirement",
    title: "Requests without a token pass",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: &[AUTHORIZATION_POLICY],
    frameworks: &[Attack("T1190"), Nsa(check::Nsa::Access), Owasp("K06")],
    effort: Hours(2),
    fix: Fix::Review("Add an AuthorizationPolicy that denies requests without `requestPrincipals`"),
    cel: Cel::Refused("the policy that wants a token is another object"),
    run,
    ..Check::on(Kinds::of(&[REQUEST_AUTHENTICATION]), include_str!("jwt_without_requirement.md"))
};

/// What a policy names that wants a token.
const WANTED: &[&str] = &["requestPrincipals", "notRequestPrincipals", "request.auth."];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let wanting: Vec<&Object> = cx
        .inventory()
        .of(AUTHORIZATION_POLICY)
        .filter(|policy| istio::mentions(policy.root(), WANTED))
        .collect();
    for authentication in cx.inventory().of(REQUEST_AUTHENTICATION) {
        let rules = authentication.get("spec.jwtRules").into_iter().flat_map(Node::items);
        let own = istio::namespace_of(authentication);
        let concerns = |policy: &&Object| {
            let namespace = istio::namespace_of(policy);
            own == ROOT || namespace == ROOT || namespace == own
        };
        if rules.count() > 0 && !wanting.iter().any(concerns) {
            let name = authentication.name();
            let message = format!("{name} refuses bad tokens, and nothing refuses a missing one");
            out.push(CHECK.at(&authentication.place("spec.jwtRules"), message));
        }
    }
}
