//! A level that is told to people and held against nobody.

use finding::{Change, Confidence, Fix, Severity};
use model::{Kinds, Node, Place, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::json;
use crate::reading::pod_security_level;

pub(crate) const CHECK: Check = Check {
    id: "pod-security-only-warns",
    title: "Pod Security level warns and refuses nothing",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1610"), Nsa(check::Nsa::PodSecurity), Owasp("K04")],
    peers: pod_security_level::PEERS,
    effort: Hours(2),
    fix: Fix::Review("Add `pod-security.kubernetes.io/enforce` with the level that is warned of"),
    edit: Edit::By(enforce),
    cel: Cel::Widened(
        "!has(object.metadata.labels) \
         || 'pod-security.kubernetes.io/enforce' in object.metadata.labels \
           && object.metadata.labels['pod-security.kubernetes.io/enforce'] != '' \
         || !['pod-security.kubernetes.io/warn', 'pod-security.kubernetes.io/audit'].exists(k, \
           k in object.metadata.labels \
           && object.metadata.labels[k] in ['baseline', 'restricted'])",
        "it does not see a default that the API server enforces",
    ),
    run,
    ..Check::on(Kinds::NAMESPACES, include_str!("pod_security_only_warns.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if pod_security_level::is_enforced_by_default(cx) {
        return;
    }
    for namespace in cx.inventory().of(kinds::NAMESPACE) {
        if pod_security_level::enforced(namespace).is_some() {
            continue;
        }
        if let Some((key, level)) = pod_security_level::told(namespace) {
            let label = namespace.get("metadata.labels").and_then(|labels| labels.get(key));
            let place = Place::of(namespace, label.unwrap_or_else(|| namespace.root()));
            let name = namespace.name();
            let message = format!("namespace {name} tells of the level {level}, enforces none");
            out.push(CHECK.at(&place, message));
        }
    }
}

fn enforce(flaw: &Flaw<'_>) -> Vec<Change> {
    let Some(level) = flaw.node().and_then(Node::as_text) else { return Vec::new() };
    let label = format!("metadata.labels[\"{}\"]", pod_security_level::ENFORCE);
    vec![Change::set(label, json::text(level))]
}
