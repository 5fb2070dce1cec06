//! A guard that passes over whatever carries, or does not carry, a label of its author's choice.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::webhook::{VALIDATING, Webhook};

pub(crate) const CHECK: Check = Check {
    id: "webhook-opt-out",
    title: "Whoever writes an object may take it from the webhook that judges it",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1562"), Nsa(check::Nsa::PodSecurity), Owasp("K04")],
    effort: Hours(2),
    fix: Fix::Review(
        "Remove the `objectSelector`, and leave out whole namespaces by a `namespaceSelector`",
    ),
    cel: Cel::Widened(
        "!has(object.webhooks) || object.webhooks.all(w, !has(w.objectSelector) \
         || !(has(w.objectSelector.matchLabels) && w.objectSelector.matchLabels.size() > 0) \
         && !(has(w.objectSelector.matchExpressions) \
              && w.objectSelector.matchExpressions.size() > 0))",
        "it does not ask what the webhook is called for",
    ),
    run,
    ..Check::on(VALIDATING, include_str!("webhook_opt_out.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for webhook in Webhook::all(cx, VALIDATING) {
        if webhook.is_guard() && webhook.narrows_by("objectSelector") {
            let name = webhook.name();
            let message = format!("the labels of an object decide whether {name} judges it");
            out.push(CHECK.at(&webhook.place("objectSelector"), message));
        }
    }
}
