//! A label on a role adds to what everybody with `view`, `edit` or `admin` may do.

use ::rbac::Rule;
use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "aggregation-injection",
    title: "Label adds dangerous rules to a role that many have",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1098"), Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(1),
    fix: Fix::Manual("Drop the label, or the rules that do not belong to that role"),
    cel: Cel::Exact(
        "has(object.metadata.labels) && 'kubernetes.io/bootstrapping' in object.metadata.labels \
           && object.metadata.labels['kubernetes.io/bootstrapping'] == 'rbac-defaults' \
           && object.metadata.name.startsWith('system:') \
           || has(object.aggregationRule) || !has(object.metadata.labels) || !has(object.rules) \
           || !( \
             'rbac.authorization.k8s.io/aggregate-to-view' in object.metadata.labels \
             && object.metadata.labels['rbac.authorization.k8s.io/aggregate-to-view'] == 'true' \
             && object.rules.exists(r, has(r.verbs) && has(r.resources) && has(r.apiGroups) && ( \
               r.verbs.exists(v, !(v in ['get', 'list', 'watch'])) \
               || r.verbs.size() > 0 && r.apiGroups.exists(g, g in ['', '*']) \
               && r.resources.exists(x, x in ['secrets', '*']))) \
             || ['edit', 'admin'].exists(to, \
               'rbac.authorization.k8s.io/aggregate-to-' + to in object.metadata.labels \
               && object.metadata.labels['rbac.authorization.k8s.io/aggregate-to-' + to] \
                   == 'true') \
             && object.rules.exists(r, has(r.verbs) && has(r.resources) && has(r.apiGroups) \
               && r.verbs.exists(v, v in ['bind', 'escalate', '*']) \
               && r.apiGroups.exists(g, g in ['rbac.authorization.k8s.io', '*']) \
               && r.resources.exists(x, x in ['roles', 'clusterroles', '*'])))",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::CLUSTER_ROLE]), include_str!("aggregation_injection.md"))
};

const PREFIX: &str = "rbac.authorization.k8s.io/aggregate-to-";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for role in cx.inventory().of(kinds::CLUSTER_ROLE) {
        let rules: Vec<Rule<'_>> = Rule::written(role).collect();
        let labels = role.get("metadata.labels").into_iter().flat_map(Node::entries);
        for label in labels.filter(|label| label.as_str() == Some("true")) {
            let Some(into) = label.key().strip_prefix(PREFIX) else { continue };
            if let Some(what) = rules.iter().find_map(|rule| too_much(into, rule)) {
                let message = format!("everybody with role {into} may {what}, by this label");
                out.push(CHECK.at(&Place::of(role, label), message));
                break;
            }
        }
    }
}

/// What a rule allows that does not belong to a role.
fn too_much(into: &str, rule: &Rule<'_>) -> Option<String> {
    match into {
        "view" => beyond_viewing(rule),
        "edit" | "admin" => beyond_rbac(rule),
        _ => None,
    }
}

fn beyond_viewing(rule: &Rule<'_>) -> Option<String> {
    let resource = rule.resources.first().filter(|_| !rule.groups.is_empty())?;
    let mut verbs = rule.verbs.iter();
    if let Some(verb) = verbs.find(|verb| !["get", "list", "watch"].contains(verb)) {
        let verb = if *verb == "*" { "do everything with" } else { verb };
        return Some(format!("{verb} {resource}"));
    }
    let reads = !rule.verbs.is_empty() && rule.covers("", "secrets");
    reads.then(|| "read Secrets".to_owned())
}

fn beyond_rbac(rule: &Rule<'_>) -> Option<String> {
    let group = "rbac.authorization.k8s.io";
    let covers = ["roles", "clusterroles"].iter().any(|it| rule.covers(group, it));
    let verb = ["bind", "escalate"].iter().find(|verb| rule.has_verb(verb)).filter(|_| covers)?;
    Some(format!("{verb} roles beyond what they have"))
}
