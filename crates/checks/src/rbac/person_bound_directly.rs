//! People change teams; bindings that name them stay.

use ::rbac::Subject;
use finding::{Confidence, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "person-bound-directly",
    title: "Role is granted to a single user",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1078"), Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(1),
    fix: Fix::Manual("Grant the role to a group, and keep its members at the identity provider"),
    cel: Cel::Widened(
        "!has(object.subjects) || !object.subjects.exists(s, \
           s.kind == 'User' && s.name != '' && !s.name.startsWith('system:'))",
        "it knows of no names of programs but those that begin with system:",
    ),
    run,
    ..Check::on(Kinds::BINDINGS, include_str!("person_bound_directly.md"))
};

/// What the names of programs end in.
const COMPONENTS: &[&str] = &[
    "agent",
    "apiserver",
    "autoscaler",
    "controller",
    "manager",
    "operator",
    "provisioner",
    "proxy",
    "scheduler",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for binding in cx.rbac().bindings().filter(|binding| !binding.is_bootstrap()) {
        for (subject, place) in binding.named().filter(|(subject, _)| is_person(subject)) {
            out.push(CHECK.at(
                &place,
                format!(
                    "{subject} has role {} by name, beyond the reach of the identity provider",
                    binding.role().name
                ),
            ));
        }
    }
}

fn is_person(subject: &Subject<'_>) -> bool {
    matches!(subject, Subject::User(name) if !name.starts_with("system:") && !is_component(name))
}

/// Programs log in by certificate under their own names.
fn is_component(name: &str) -> bool {
    let last = name.rsplit(['-', ':', '/']).next().unwrap_or_default();
    name.starts_with("kube") && !name.contains('@') || COMPONENTS.contains(&last)
}
