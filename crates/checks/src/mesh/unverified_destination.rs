//! TLS to a destination that may be anybody.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::istio::DESTINATION_RULE;

pub(crate) const CHECK: Check = Check {
    id: "unverified-destination",
    title: "Mesh does not verify whom it talks to",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1557"), Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(2),
    fix: Fix::Review("Set `insecureSkipVerify: false`, and name the authority in `caCertificates`"),
    edit: Edit::Set("false"),
    cel: Cel::Refused("the field stands in ports, in subsets and in ports of subsets"),
    run,
    ..Check::on(Kinds::of(&[DESTINATION_RULE]), include_str!("unverified_destination.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for rule in cx.inventory().of(DESTINATION_RULE) {
        for field in skips(rule) {
            let host = rule.get("spec.host").and_then(Node::as_text).unwrap_or("its host");
            let message = format!("any certificate passes for {host}");
            out.push(CHECK.at(&Place::of(rule, field), message));
        }
    }
}

/// Where verification is skipped, at any depth below the policies of the rule.
fn skips(rule: &Object) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    let roots = ["spec.trafficPolicy", "spec.subsets"].into_iter().filter_map(|it| rule.get(it));
    let mut open: Vec<Node<'_>> = roots.collect();
    while let Some(node) = open.pop() {
        found.extend(node.get("insecureSkipVerify").filter(|it| it.as_bool() == Some(true)));
        open.extend(node.children());
    }
    found.sort_by_key(|node| node.index());
    found
}
