//! A webhook that is sent every secret that is written.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::webhook::{CONFIGURATIONS, Webhook};

pub(crate) const CHECK: Check = Check {
    id: "webhook-reads-secrets",
    title: "Admission webhook is sent every secret",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1552"), Nsa(check::Nsa::Access), Owasp("K08")],
    effort: Hours(2),
    fix: Fix::Review("List the kinds that the webhook needs in its rules, without secrets"),
    cel: Cel::Widened(
        "!has(object.webhooks) || object.webhooks.all(w, !has(w.rules) || w.rules.all(r, \
         !has(r.apiGroups) || !has(r.resources) \
         || !r.apiGroups.exists(g, g in ['', '*']) \
         || !r.resources.exists(it, it in ['secrets', '*', '*/*'])))",
        "it does not ask by which operations, by which labels and on which conditions",
    ),
    run,
    ..Check::on(CONFIGURATIONS, include_str!("webhook_reads_secrets.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for webhook in Webhook::all(cx, CONFIGURATIONS) {
        let narrow = ["objectSelector", "matchConditions"].map(|field| webhook.narrows_by(field));
        if webhook.is_asked_for("", "secrets") && !narrow.contains(&true) {
            let message = format!("{} is sent every secret that is created", webhook.name());
            out.push(CHECK.at(&webhook.place("rules"), message));
        }
    }
}
