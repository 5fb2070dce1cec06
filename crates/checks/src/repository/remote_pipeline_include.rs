//! A pipeline that is fetched from an address is written by whoever holds the address.

use finding::{Fix, Severity};
use model::tree::{Node, Type};
use model::{Kinds, Place, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "remote-pipeline-include",
    title: "Pipeline is put together from an address outside",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Code,
    scope: Scope::Object,
    frameworks: &[Attack("T1195.002"), Owasp("K02")],
    effort: Hours(2),
    fix: Fix::Review("Include a file of a project by commit, or add `integrity` to the address"),
    cel: Cel::Refused("a pipeline is a file, and never an object of the API server"),
    run,
    ..Check::on(Kinds::of(&[kinds::GITLAB_PIPELINE]), include_str!("remote_pipeline_include.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of(kinds::GITLAB_PIPELINE) {
        let Some(include) = object.get("include") else { continue };
        let alone = (include.kind() != Type::Seq).then_some(include);
        for node in alone.into_iter().chain(include.items()).filter_map(address) {
            let host = node.text().split('/').nth(2).unwrap_or_default();
            let host = host.rsplit('@').next().unwrap_or_default();
            let message = format!("jobs are taken from {host}, whatever stands there at the time");
            out.push(CHECK.at(&Place::of(object, node), message));
        }
    }
}

/// The address of an entry that nothing pins: alone as a text, or under `remote`.
fn address(entry: Node<'_>) -> Option<Node<'_>> {
    let is_address = |node: &Node<'_>| node.as_str().is_some_and(|text| text.contains("://"));
    let pinned = entry.get("integrity").is_some();
    let node = entry.get("remote").unwrap_or(entry);
    Some(node).filter(|node| is_address(node) && !pinned)
}
