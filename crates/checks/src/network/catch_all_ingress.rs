//! An ingress without a host answers for every name that is pointed at the controller.

use finding::{Confidence, Fix, Severity};
use model::Object;
use model::tree::Node;

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::ingress;

pub(crate) const CHECK: Check = Check {
    id: "catch-all-ingress",
    title: "Ingress answers for every host",
    severity: Severity::Low,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Network), Owasp("K09")],
    effort: Hours(1),
    fix: Fix::Review("Give each rule the host it is meant for"),
    cel: Cel::Widened(
        "has(object.spec.rules) && object.spec.rules.size() > 0 \
         && object.spec.rules.all(rule, has(rule.host) && rule.host != '' && rule.host != '*')",
        "it does not know the classes that make a load balancer of its own for each ingress",
    ),
    run,
    ..Check::on(ingress::KINDS, include_str!("catch_all_ingress.md"))
};

/// Classes that make a load balancer of its own for each ingress, where no other host can be.
const OWN: &[&str] =
    &["alb", "azure-application-gateway", "cloudflare-tunnel", "gce", "gce-internal", "tailscale"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for own in cx.inventory().of_any(ingress::KINDS) {
        let alone = ingress::class(own).is_some_and(|class| OWN.contains(&class));
        let grouped = own.annotation("alb.ingress.kubernetes.io/group.name").is_some();
        if (grouped || !alone) && !ingress::is_solver(own) && takes_all(own) {
            let message = "without a host the ingress takes every name the controller is called by";
            out.push(CHECK.at(&own.place("spec.rules"), message));
        }
    }
}

/// A rule without a host takes all; so does the default, where there is no rule.
fn takes_all(own: &Object) -> bool {
    let named =
        |rule: Node<'_>| rule.get("host").and_then(Node::as_text).is_some_and(|host| host != "*");
    let mut rules = ingress::rules(own).peekable();
    let has_default = ["spec.defaultBackend", "spec.backend"].into_iter();
    let has_default = has_default.filter(|field| own.get(field).is_some()).count() > 0;
    if rules.peek().is_none() { has_default } else { rules.any(|rule| !named(rule)) }
}
