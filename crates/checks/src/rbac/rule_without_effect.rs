//! A rule that allows nothing is read as if it did, and then widened until something works.

use ::rbac::Rule;
use finding::{Fix, Severity};
use model::{Kinds, Object};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "rule-without-effect",
    title: "Rule of a role allows nothing",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(1),
    fix: Fix::Manual("Write the rule so that it allows what is meant, or delete it"),
    cel: Cel::Exact(
        "has(object.metadata.labels) && 'kubernetes.io/bootstrapping' in object.metadata.labels \
           && object.metadata.labels['kubernetes.io/bootstrapping'] == 'rbac-defaults' \
           && (object.metadata.name.startsWith('system:') || object.metadata.name in \
             ['admin', 'cluster-admin', 'edit', \
               'extension-apiserver-authentication-reader', 'view']) \
           || object.kind == 'ClusterRole' && has(object.aggregationRule) || !has(object.rules) \
           || object.rules.all(r, !has(r.verbs) || !has(r.resources) || r.resources.size() == 0 \
             || !(r.verbs.size() > 0 && has(r.resourceNames) && r.resourceNames.size() > 0 \
               && r.verbs.all(v, v in ['create', 'deletecollection']) \
               && r.resources.all(x, !x.contains('/') && x != '*')) \
             && !(object.kind == 'Role' && r.verbs.size() > 0 && r.resources.all(x, x in \
               ['certificatesigningrequests', 'clusterrolebindings', 'clusterroles', \
                'customresourcedefinitions', 'ingressclasses', 'mutatingwebhookconfigurations', \
                'nodes', 'nodes/metrics', 'nodes/proxy', 'persistentvolumes', 'priorityclasses', \
                'runtimeclasses', 'storageclasses', 'subjectaccessreviews', 'tokenreviews', \
                'validatingwebhookconfigurations', 'volumeattachments'])))",
    ),
    run,
    ..Check::on(Kinds::ROLES, include_str!("rule_without_effect.md"))
};

/// Kinds that live above namespaces, and that nobody else has a kind of the same name for.
const ABOVE: &[&str] = &[
    "certificatesigningrequests",
    "clusterrolebindings",
    "clusterroles",
    "customresourcedefinitions",
    "ingressclasses",
    "mutatingwebhookconfigurations",
    "nodes",
    "nodes/metrics",
    "nodes/proxy",
    "persistentvolumes",
    "priorityclasses",
    "runtimeclasses",
    "storageclasses",
    "subjectaccessreviews",
    "tokenreviews",
    "validatingwebhookconfigurations",
    "volumeattachments",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for role in cx.inventory().of_any(Kinds::ROLES) {
        for rule in Rule::written(role).filter(|rule| !rule.resources.is_empty()) {
            let found = unnamed(&rule).or_else(|| above(&rule, role));
            let Some((field, message)) = found else { continue };
            let Some(place) = rule.place(field) else { continue };
            out.push(CHECK.at(&place, message));
        }
    }
}

/// What is created has no name yet when it is judged, and a collection has none at all.
fn unnamed(rule: &Rule<'_>) -> Option<(&'static str, String)> {
    let is_nameless = |verb: &&str| ["create", "deletecollection"].contains(verb);
    let mut resources = rule.resources.iter();
    let fits = !rule.names.is_empty()
        && !rule.verbs.is_empty()
        && rule.verbs.iter().all(is_nameless)
        && resources.all(|it| !it.contains('/') && *it != "*");
    let verbs = rule.verbs.join(", ");
    let message = format!("the rule allows nothing: {verbs} cannot be limited by resourceNames");
    fits.then_some(("resourceNames", message))
}

fn above(rule: &Rule<'_>, of: &Object) -> Option<(&'static str, String)> {
    let first = rule.resources.first()?;
    let fits = of.kind() == "Role" && rule.resources.iter().all(|it| ABOVE.contains(it));
    let message = format!("the rule allows nothing: {first} live above namespaces, a Role in one");
    (fits && !rule.verbs.is_empty()).then_some(("resources", message))
}
