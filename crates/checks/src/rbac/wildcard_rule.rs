//! A star in a rule allows what nobody thought of, and what does not exist yet.

use finding::{Fix, Severity};
use model::tree::{Node, Type};
use model::{Kinds, Object, Place};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "wildcard-rule",
    title: "Role allows all verbs or all resources",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1078"), Cis("5.1.3"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[
        Peer::Checkov("CKV_K8S_49"),
        Peer::KubeLinter("wildcard-in-rules"),
        Peer::Kubescape("C-0187"),
        Peer::Trivy("KSV-0044"),
        Peer::Trivy("KSV-0045"),
        Peer::Trivy("KSV-0046"),
        Peer::Trivy("KSV-0112"),
    ],
    effort: Hours(4),
    fix: Fix::Manual("List the verbs and resources that are really used"),
    cel: Cel::Exact(
        "has(object.metadata.labels) \
           && 'kubernetes.io/bootstrapping' in object.metadata.labels \
           && object.metadata.labels['kubernetes.io/bootstrapping'] == 'rbac-defaults' \
           && has(object.metadata.name) \
           && (object.metadata.name.startsWith('system:') || object.metadata.name in \
             ['admin', 'cluster-admin', 'edit', 'extension-apiserver-authentication-reader', \
              'view']) \
         || object.kind == 'ClusterRole' && has(object.aggregationRule) || !has(object.rules) \
         || object.rules.all(r, !has(r.verbs) || r.verbs.size() == 0 || \
           !(has(r.resources) && '*' in r.resources) \
           && !('*' in r.verbs) \
           && !(has(r.nonResourceURLs) && r.nonResourceURLs.exists(u, u in ['*', '/*']) \
             && r.verbs.exists(v, !(v in ['get', 'head', 'options']))))",
    ),
    run,
    ..Check::on(Kinds::ROLES, include_str!("wildcard_rule.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for role in cx.inventory().of_any(Kinds::ROLES).filter(|role| is_written_by_hand(role)) {
        let rules = role.get("rules").into_iter().flat_map(Node::items);
        for (field, message) in rules.filter_map(judge) {
            out.push(CHECK.at(&Place::of(role, field), message));
        }
    }
}

/// The rules of an aggregated role are copies that the controller manager makes, and what the API
/// server creates at every start it would mend again.
fn is_written_by_hand(role: &Object) -> bool {
    let aggregation = role.get("aggregationRule").filter(|_| role.kind() == "ClusterRole");
    aggregation.is_none_or(|rule| rule.kind() == Type::Null) && !::rbac::is_bootstrap(role)
}

/// The field that says most about how far a rule goes, and what it says.
fn judge(rule: Node<'_>) -> Option<(Node<'_>, String)> {
    let verbs = rule.get("verbs").filter(|verbs| verbs.strings().next().is_some())?;
    if let Some(resources) = rule.get("resources").filter(|list| has_star(*list)) {
        let groups = rule.get("apiGroups").map_or_else(|| "no API group".to_owned(), groups);
        let message = format!("the rule allows {} on every resource of {groups}", allowed(verbs));
        return Some((resources, message));
    }
    if let Some(urls) = rule.get("nonResourceURLs").filter(|urls| has_all_urls(*urls, verbs)) {
        let message = format!("the rule allows {} on every URL of the API server", allowed(verbs));
        return Some((urls, message));
    }
    let on = rule.get("resources").or_else(|| rule.get("nonResourceURLs")).map(first);
    let on = on.unwrap_or_default();
    has_star(verbs).then(|| (verbs, format!("the rule allows every verb on {on}")))
}

fn has_star(list: Node<'_>) -> bool {
    list.strings().any(|item| item == "*")
}

fn has_all_urls(urls: Node<'_>, verbs: Node<'_>) -> bool {
    urls.strings().any(|url| url == "*" || url == "/*")
        && verbs.strings().any(|verb| !["get", "head", "options"].contains(&verb))
}

fn allowed(verbs: Node<'_>) -> String {
    if has_star(verbs) { "every verb".to_owned() } else { first(verbs) }
}

fn groups(groups: Node<'_>) -> String {
    if has_star(groups) { "every API group".to_owned() } else { first(groups) }
}

/// The first three of a list, and how many more there are.
fn first(list: Node<'_>) -> String {
    let named = list.strings().map(|item| if item.is_empty() { "the core group" } else { item });
    let named: Vec<&str> = named.collect();
    let (shown, more) = named.split_at(named.len().min(3));
    let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
    format!("{}{more}", shown.join(", "))
}
