//! Keys that verify tokens, fetched where anybody on the way may change them.

use finding::{Change, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::istio::REQUEST_AUTHENTICATION;
use crate::reading::json;

pub(crate) const CHECK: Check = Check {
    id: "plain-text-jwks",
    title: "Keys that verify tokens come in plain text",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1557"), Nsa(check::Nsa::Access), Owasp("K06")],
    effort: Hours(1),
    fix: Fix::Review("Give the keys over `https`, or write them into `jwks`"),
    edit: Edit::By(over_https),
    cel: Cel::Exact(
        "!has(object.spec) || !has(object.spec.jwtRules) || object.spec.jwtRules.all(r, \
         !has(r.jwksUri) || !r.jwksUri.startsWith('http://') || r.jwksUri.contains('.svc/') \
         || r.jwksUri.contains('.svc:') || r.jwksUri.contains('.svc.cluster.local'))",
    ),
    run,
    ..Check::on(Kinds::of(&[REQUEST_AUTHENTICATION]), include_str!("plain_text_jwks.md"))
};

/// What marks an address of the cluster itself.
const INSIDE: [&str; 3] = [".svc/", ".svc:", ".svc.cluster.local"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for authentication in cx.inventory().of(REQUEST_AUTHENTICATION) {
        let rules = authentication.get("spec.jwtRules").into_iter().flat_map(Node::items);
        for uri in rules.filter_map(|rule| rule.get("jwksUri")) {
            let text = uri.as_str().unwrap_or_default();
            if text.starts_with("http://") && !INSIDE.iter().any(|mark| text.contains(mark)) {
                let name = authentication.name();
                let message = format!("the keys that verify the tokens of {name} come over http");
                out.push(CHECK.at(&Place::of(authentication, uri), message));
            }
        }
    }
}

/// Where a port is named, another would have to be.
fn over_https(flaw: &Flaw<'_>) -> Vec<Change> {
    let rest = flaw.node().and_then(|it| it.text().strip_prefix("http://"));
    let rest = rest.filter(|it| !it.split('/').next().unwrap_or_default().contains(':'));
    let change = |rest| Change::set(flaw.path(), json::text(&format!("https://{rest}")));
    rest.map(change).into_iter().collect()
}
