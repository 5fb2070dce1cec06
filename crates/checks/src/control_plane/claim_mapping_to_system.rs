//! Names from outside that may be the names of the system itself.

use finding::{Confidence, Finding, Fix, Severity};
use model::{Kinds, Node, Object, Place, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "claim-mapping-to-system",
    title: "Identity provider may name users and groups of the system",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::AUTHENTICATION_CONFIGURATION, kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Nsa(check::Nsa::Access), Owasp("K06")],
    effort: Hours(8),
    fix: Fix::Review("Give names and groups from the provider a prefix of their own"),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("claim_mapping_to_system.md"))
};

/// What the names of the system itself begin with.
const SYSTEM: &str = "system:";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx).filter(|server| server.flag("oidc-issuer-url").is_some()) {
        of_flags(server, out);
    }
    for object in cx.inventory().of(kinds::AUTHENTICATION_CONFIGURATION) {
        let issuers = object.get("jwt").into_iter().flat_map(Node::items);
        issuers.for_each(|issuer| of_issuer(object, issuer, out));
    }
}

fn of_flags(server: ApiServer<'_, '_>, out: &mut Findings) {
    let groups = server.flag("oidc-groups-claim");
    let prefix = server.flag("oidc-groups-prefix");
    let open = prefix.as_ref().is_some_and(|prefix| prefix.value.starts_with(SYSTEM));
    if let Some(groups) = groups.filter(|_| open || server.lacks("oidc-groups-prefix")) {
        let message = "groups of the provider have no prefix: one of them may be system:masters";
        out.push(CHECK.at(&groups.place, message));
    }
    // Without the flag, the issuer is the prefix.
    let Some(prefix) = server.flag("oidc-username-prefix") else { return };
    let email = server.flag("oidc-username-claim").is_some_and(|claim| claim.value == "email");
    if prefix.value == "-" && !email || prefix.value.starts_with(SYSTEM) {
        let message =
            "users of the provider have no prefix: one of them may be a user of the system";
        out.push(CHECK.at(&prefix.place, message));
    }
}

fn of_issuer<'a>(object: &'a Object, issuer: Node<'a>, out: &mut Findings) {
    for (claim, whom) in [("username", "users"), ("groups", "groups")] {
        let Some(mapping) = issuer.at("claimMappings").and_then(|it| it.get(claim)) else {
            continue;
        };
        if is_guarded(issuer, claim) {
            continue;
        }
        let message =
            format!("{whom} of the provider have no prefix: they may be those of the system");
        if let Some(expression) = mapping.get("expression").filter(|it| may_say_system(*it)) {
            let finding = CHECK.at(&Place::of(object, expression), message);
            out.push(Finding { confidence: Confidence::Heuristic, ..finding });
        } else if let Some(claim) = mapping.get("claim").filter(|it| it.as_text().is_some()) {
            let prefix = mapping.get("prefix").and_then(Node::as_str).unwrap_or_default();
            let email = whom == "users" && claim.text() == "email";
            if prefix.starts_with(SYSTEM) || prefix.is_empty() && !email {
                out.push(CHECK.at(&Place::below(object, mapping, "prefix"), message));
            }
        }
    }
}

/// Whether a rule looks for the prefix of the system itself.
fn is_guarded(issuer: Node<'_>, claim: &str) -> bool {
    let rules = |list: &str| issuer.get(list).into_iter().flat_map(Node::items);
    let tells = |rule: Node<'_>, of: &str| {
        let text = rule.get("expression").and_then(Node::as_str).unwrap_or_default();
        text.contains("system:") && text.contains(of)
    };
    rules("userValidationRules").any(|rule| tells(rule, claim))
        || rules("claimValidationRules").any(|rule| tells(rule, ""))
}

/// Whether an expression gives the claim as it is: nothing is put before or behind it.
fn may_say_system(expression: Node<'_>) -> bool {
    let text: String = expression.text().split_whitespace().collect();
    let joined = ["'+", "\"+", "+'", "+\""].iter().any(|joint| text.contains(joint));
    let system = ["'system:", "\"system:"].iter().any(|it| text.contains(it));
    !text.is_empty() && text != "claims.email" && (system || !joined)
}
