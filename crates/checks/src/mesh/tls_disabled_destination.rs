//! A rule that takes the encryption off the way to a destination.

use finding::{Change, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::istio::DESTINATION_RULE;

pub(crate) const CHECK: Check = Check {
    id: "tls-disabled-destination",
    title: "Mesh sends plain text to a destination",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1040"), Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(2),
    fix: Fix::Review("Remove `tls`, so that the mesh chooses, or set `ISTIO_MUTUAL`"),
    edit: Edit::By(let_the_mesh_choose),
    cel: Cel::Refused("the mode stands in ports, in subsets and in ports of subsets"),
    run,
    ..Check::on(Kinds::of(&[DESTINATION_RULE]), include_str!("tls_disabled_destination.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for rule in cx.inventory().of(DESTINATION_RULE) {
        for settings in tls_settings(rule) {
            let Some(mode) = settings.get("mode") else { continue };
            if mode.as_str() == Some("DISABLE") {
                let host = rule.get("spec.host").and_then(Node::as_text).unwrap_or("its host");
                let message = format!("connections to {host} are sent in plain text");
                out.push(CHECK.at(&Place::of(rule, mode), message));
            }
        }
    }
}

/// The settings of the rule itself, of its subsets, and of the ports of each.
fn tls_settings(rule: &Object) -> impl Iterator<Item = Node<'_>> {
    let subsets = rule.get("spec.subsets").into_iter().flat_map(Node::items);
    let own = rule.get("spec.trafficPolicy").into_iter();
    let policies = own.chain(subsets.filter_map(|subset| subset.get("trafficPolicy")));
    policies.flat_map(|policy| {
        let ports = policy.get("portLevelSettings").into_iter().flat_map(Node::items);
        policy.get("tls").into_iter().chain(ports.filter_map(|port| port.get("tls")))
    })
}

fn let_the_mesh_choose(flaw: &Flaw<'_>) -> Vec<Change> {
    vec![Change::clear(flaw.around(1))]
}
