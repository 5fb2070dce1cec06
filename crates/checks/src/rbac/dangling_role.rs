//! A binding to a role that is not there waits for whoever writes it.

use ::rbac::{Binding, RoleId, Scope as Reach};
use finding::{Confidence, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::neighbour::Neighbours;

pub(crate) const CHECK: Check = Check {
    id: "dangling-role",
    title: "Binding refers to a role that is not there",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: Kinds::ROLES.built_in(),
    frameworks: &[Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(1),
    fix: Fix::Manual("Write the role that is meant, or delete the binding"),
    cel: Cel::Refused("whether the role is there stands in another object"),
    run,
    ..Check::on(Kinds::BINDINGS, include_str!("dangling_role.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let neighbours = cx.neighbours();
    for binding in cx.rbac().bindings().filter(|binding| !binding.is_bootstrap()) {
        if let Some(why) = dangles(cx, neighbours, binding) {
            let role = binding.role().name;
            out.push(CHECK.at(&binding.role_place(), format!("role {role} is not there: {why}")));
        }
    }
}

/// Why the role of a binding is known to be missing, if it is.
fn dangles<'a>(cx: &Cx<'a>, neighbours: &Neighbours<'_>, binding: &Binding<'a>) -> Option<String> {
    let id = binding.role();
    if cx.rbac().role_of(binding).is_some() || id.name.is_empty() || is_placeholder(id.name) {
        return None;
    }
    let is_known = |other: &RoleId<'_>| cx.rbac().roles().any(|role| role.id() == *other);
    if id.namespace.is_some() && is_known(&RoleId { namespace: None, ..id }) {
        return Some("a ClusterRole has that name, and the binding says Role".to_owned());
    }
    let here = RoleId { namespace: Some(binding.object().namespace()), ..id };
    if id.namespace.is_none() && binding.scope() != Reach::Cluster && is_known(&here) {
        return Some("a Role has that name, and the binding says ClusterRole".to_owned());
    }
    let mut others = cx.rbac().roles().filter(|role| role.id().namespace == id.namespace);
    let is_shown = others
        .any(|role| role.object().is_some_and(|object| neighbours.are(object, binding.object())));
    let reason = "others stand beside the binding, this one does not".to_owned();
    let is_born =
        id.name.starts_with("system:") || id.name == "extension-apiserver-authentication-reader";
    (is_shown && !is_born).then_some(reason)
}

fn is_placeholder(name: &str) -> bool {
    name.contains(['$', '{', '%'])
}
