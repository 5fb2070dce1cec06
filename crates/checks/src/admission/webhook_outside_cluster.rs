//! A webhook that is sent objects of the cluster over an address outside of it.

use std::collections::BTreeSet;

use finding::{Fix, Severity};
use model::tree::Node;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::webhook::{CONFIGURATIONS, Webhook};

pub(crate) const CHECK: Check = Check {
    id: "webhook-outside-cluster",
    title: "Objects are sent to an admission webhook outside the cluster",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1567"), Nsa(check::Nsa::Network), Owasp("K04")],
    effort: Hours(8),
    fix: Fix::Manual("Run the webhook in the cluster and name its service, or narrow its rules"),
    cel: Cel::Widened(
        "!has(object.webhooks) || object.webhooks.all(w, \
         !has(w.clientConfig) || !has(w.clientConfig.url))",
        "it denies addresses of the API server's own machine and of services as well",
    ),
    run,
    ..Check::on(CONFIGURATIONS, include_str!("webhook_outside_cluster.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let mut told = BTreeSet::new();
    for webhook in Webhook::all(cx, CONFIGURATIONS) {
        let url = webhook.node().at("clientConfig.url").and_then(Node::as_text);
        let Some(host) = url.map(host).filter(|host| !is_inside(host)) else { continue };
        let place = webhook.place("clientConfig.url");
        if told.insert((place.object().id().clone(), host)) {
            let message = format!("objects that {} judges are sent to {host}", webhook.name());
            out.push(CHECK.at(&place, message));
        }
    }
}

/// The host of an address, without user, port and path.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let authority = rest.get(..end).unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None => host.split_once(':').map_or(host, |(host, _)| host),
    }
}

fn is_inside(host: &str) -> bool {
    let host = host.trim_end_matches('.');
    matches!(host, "localhost" | "::1" | "")
        || host.starts_with("127.")
        || host.rsplit('.').next() == Some("svc")
        || host.ends_with(".svc.cluster.local")
}
