//! An ingress for a wildcard answers for names that others have not claimed yet.

use finding::{Confidence, Fix, Severity};
use model::Place;

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::ingress;

pub(crate) const CHECK: Check = Check {
    id: "wildcard-ingress-host",
    title: "Ingress answers for all hosts of a domain",
    severity: Severity::Low,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Network), Owasp("K09")],
    effort: Hours(1),
    fix: Fix::Review("List the hosts that are meant"),
    cel: Cel::Exact(
        "!has(object.spec.rules) \
         || object.spec.rules.all(rule, !has(rule.host) || !rule.host.startsWith('*.'))",
    ),
    run,
    ..Check::on(ingress::KINDS, include_str!("wildcard_ingress_host.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for own in cx.inventory().of_any(ingress::KINDS) {
        for host in ingress::rules(own).filter_map(|rule| rule.get("host")) {
            if host.as_str().is_some_and(|it| it.starts_with("*.")) {
                let message = format!("the ingress answers for every host of {}", host.text());
                out.push(CHECK.at(&Place::of(own, host), message));
            }
        }
    }
}
