//! A quota that leaves a resource open bounds nothing.

use std::collections::BTreeMap;

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, kinds};

use crate::check::Framework::{Attack, Nsa};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "incomplete-quota",
    title: "Quotas of a namespace leave a resource open",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Namespace,
    audience: Audience::Platform,
    frameworks: &[Attack("T1496"), Nsa(check::Nsa::Network)],
    effort: Hours(1),
    fix: Fix::Review("Bound CPU, memory and the number of pods in the quotas of the namespace"),
    cel: Cel::Refused("all quotas of a namespace must be seen together"),
    run,
    ..Check::on(Kinds::of(&[kinds::RESOURCE_QUOTA]), include_str!("incomplete_quota.md"))
};

/// What a complete set of quotas bounds, and the names that bound it.
const BOUNDS: [(&str, &[&str]); 3] = [
    ("CPU", &["cpu", "requests.cpu", "limits.cpu"]),
    ("memory", &["memory", "requests.memory", "limits.memory"]),
    // Where pods must ask for CPU or memory, their number is bounded by it.
    ("pods", &["pods", "count/pods", "cpu", "requests.cpu", "memory", "requests.memory"]),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let mut namespaces: BTreeMap<&str, Vec<&Object>> = BTreeMap::new();
    for quota in cx.inventory().of(kinds::RESOURCE_QUOTA).filter(|it| is_for_all(it)) {
        namespaces.entry(quota.namespace()).or_default().push(quota);
    }
    for (namespace, quotas) in namespaces {
        let Some(first) = quotas.first() else { continue };
        let open: Vec<&str> = open(&quotas).collect();
        // Quotas that count objects alone were never meant to bound what pods take.
        if open.is_empty() || open.len() == BOUNDS.len() {
            continue;
        }
        let message = format!("no quota of namespace {namespace} bounds {}", open.join(" or "));
        out.push(CHECK.at(&first.place("spec.hard"), message));
    }
}

/// Whether a quota holds for every pod rather than for those of a scope.
fn is_for_all(quota: &Object) -> bool {
    let scopes = [quota.get("spec.scopes"), quota.get("spec.scopeSelector.matchExpressions")];
    scopes.into_iter().flatten().flat_map(Node::items).next().is_none()
}

fn open<'a>(quotas: &[&'a Object]) -> impl Iterator<Item = &'static str> + use<'a> {
    let hard = quotas.iter().filter_map(|it| it.get("spec.hard"));
    let bounded: Vec<&str> = hard.flat_map(Node::entries).map(Node::key).collect();
    BOUNDS
        .iter()
        .filter(move |(_, names)| !names.iter().any(|name| bounded.contains(name)))
        .map(|(what, _)| *what)
}
