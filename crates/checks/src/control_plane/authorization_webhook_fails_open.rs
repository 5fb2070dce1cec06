//! A webhook that should refuse, and lets through when it is not there.

use finding::{Fix, Severity};
use model::{Kinds, Node, Place, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::IS_A_FILE;

pub(crate) const CHECK: Check = Check {
    id: "authorization-webhook-fails-open",
    title: "Authorization goes on without its webhook",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1562"), Nsa(check::Nsa::Access), Owasp("K09")],
    effort: Hours(4),
    fix: Fix::Review("Set failurePolicy: Deny, and run the webhook so that it is always there"),
    edit: Edit::Set("\"Deny\""),
    cel: Cel::Refused(IS_A_FILE),
    run,
    ..Check::on(
        Kinds::of(&[kinds::AUTHORIZATION_CONFIGURATION]),
        include_str!("authorization_webhook_fails_open.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of(kinds::AUTHORIZATION_CONFIGURATION) {
        let all: Vec<Node<'_>> =
            object.get("authorizers").map(Node::items).into_iter().flatten().collect();
        for (at, authorizer) in all.iter().enumerate().filter(|(_, it)| is_webhook(**it)) {
            let Some(policy) = authorizer.at("webhook.failurePolicy") else { continue };
            // With nobody behind it to say yes, no opinion is a no.
            let decides =
                all.iter().skip(at + 1).any(|it| mode(*it).is_some_and(|it| it != "AlwaysDeny"));
            if policy.as_str() == Some("NoOpinion") && decides {
                let name = authorizer.get("name").and_then(Node::as_text).unwrap_or("the webhook");
                let message = format!("when {name} does not answer, the next authorizer decides");
                out.push(CHECK.at(&Place::of(object, policy), message));
            }
        }
    }
}

fn is_webhook(authorizer: Node<'_>) -> bool {
    mode(authorizer) == Some("Webhook")
}

fn mode(authorizer: Node<'_>) -> Option<&str> {
    authorizer.get("type").and_then(Node::as_str)
}
