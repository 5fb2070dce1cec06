//! A webhook that fails requests, and whose service is not there.

use std::collections::BTreeSet;

use finding::{Confidence, Fix, Severity};
use model::kinds;

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Audience, Cel, Check, Dimension, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::webhook::{CONFIGURATIONS, Webhook};

pub(crate) const CHECK: Check = Check {
    id: "dangling-webhook",
    title: "Webhook fails requests and its service does not exist",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Cluster,
    dimension: Dimension::Recovery,
    scope: Scope::Cluster,
    sees: &[kinds::SERVICE],
    audience: Audience::Platform,
    frameworks: &[Attack("T1499"), Owasp("K04")],
    effort: Hours(1),
    fix: Fix::Review("Delete the configuration that is left over, or bring its service back"),
    cel: Cel::Refused("the service is another object"),
    run,
    ..Check::on(CONFIGURATIONS, include_str!("dangling_webhook.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let neighbours = cx.neighbours();
    let mut told = BTreeSet::new();
    for webhook in Webhook::all(cx, CONFIGURATIONS).filter(|it| !it.fails_open()) {
        let Some((namespace, name)) = webhook.service() else { continue };
        let place = webhook.place("clientConfig.service.name");
        let services =
            || cx.inventory().of(kinds::SERVICE).filter(|it| it.namespace() == namespace);
        let is_seen = services().any(|service| neighbours.are(service, place.object()));
        if is_seen
            && !services().any(|service| service.name() == name)
            && told.insert((place.object().id().clone(), namespace, name))
        {
            let message = format!(
                "{} fails every request it is asked about: there is no service {namespace}/{name}",
                webhook.name()
            );
            out.push(CHECK.at(&place, message));
        }
    }
}
