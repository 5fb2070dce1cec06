//! A webhook on built-in kinds that may hold every request for long.

use finding::{Fix, Severity};
use model::tree::Node;

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Audience, Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::webhook::{CONFIGURATIONS, Webhook};

pub(crate) const CHECK: Check = Check {
    id: "slow-webhook",
    title: "Admission webhook may hold requests for long",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1499"), Owasp("K04")],
    effort: Hours(1),
    fix: Fix::Review("Set `timeoutSeconds` to 10 or less, and find out why it needs more"),
    edit: Edit::Set("10"),
    cel: Cel::Widened(
        "!has(object.webhooks) \
         || object.webhooks.all(w, !has(w.timeoutSeconds) || w.timeoutSeconds <= 10)",
        "it does not ask whether the webhook is called for built-in kinds",
    ),
    run,
    ..Check::on(CONFIGURATIONS, include_str!("slow_webhook.md"))
};

/// The default, in seconds.
const USUAL: i64 = 10;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for webhook in Webhook::all(cx, CONFIGURATIONS).filter(Webhook::covers_built_in) {
        let seconds = webhook.node().get("timeoutSeconds").and_then(Node::as_i64);
        if let Some(seconds) = seconds.filter(|seconds| *seconds > USUAL) {
            let message = format!("{} may hold a request for {seconds} s", webhook.name());
            out.push(CHECK.at(&webhook.place("timeoutSeconds"), message));
        }
    }
}
