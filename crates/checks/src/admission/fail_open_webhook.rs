//! A guard that lets everybody pass while it is down.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::webhook::{VALIDATING, Webhook};

pub(crate) const CHECK: Check = Check {
    id: "fail-open-webhook",
    title: "Admission webhook lets requests pass when it does not answer",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1562"), Nsa(check::Nsa::PodSecurity), Owasp("K04")],
    effort: Hours(4),
    fix: Fix::Review(
        "Set `failurePolicy: Fail`, after the webhook has several replicas and leaves its own \
         namespace and kube-system out",
    ),
    edit: Edit::Set("\"Fail\""),
    cel: Cel::Widened(
        "!has(object.webhooks) \
         || object.webhooks.all(w, has(w.failurePolicy) && w.failurePolicy == 'Fail')",
        "it does not ask what the webhook is called for, and wants the policy to be said",
    ),
    run,
    ..Check::on(VALIDATING, include_str!("fail_open_webhook.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for webhook in Webhook::all(cx, VALIDATING).filter(|it| it.is_guard() && it.fails_open()) {
        let name = webhook.name();
        let message = format!("whatever {name} would refuse passes while it does not answer");
        out.push(CHECK.at(&webhook.place("failurePolicy"), message));
    }
}
