//! A group of all accounts of a namespace has members that nobody meant.

use ::rbac::Subject;
use finding::{Finding, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::weight;

pub(crate) const CHECK: Check = Check {
    id: "namespace-accounts-grant",
    title: "All service accounts of a namespace are granted a role",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1078"), Cis("5.1.5"), Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(1),
    fix: Fix::Manual("Grant the role to the accounts that need it, by name"),
    cel: Cel::Exact(
        "object.roleRef.name in ['system:image-puller'] \
           || !has(object.subjects) || !object.subjects.exists(s, \
           s.kind == 'Group' && s.name.startsWith('system:serviceaccounts:'))",
    ),
    run,
    ..Check::on(Kinds::BINDINGS, include_str!("namespace_accounts_grant.md"))
};

/// `OpenShift` grants this one in every namespace.
const KNOWN: &[&str] = &["system:image-puller"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for binding in cx.rbac().bindings().filter(|binding| !KNOWN.contains(&binding.role().name)) {
        let object = binding.object();
        for (subject, place) in binding.named().filter(|(subject, _)| is_of_a_namespace(subject)) {
            let finding = CHECK.at(
                &place,
                format!(
                    "every service account of a namespace has role {}, as {subject}",
                    binding.role().name
                ),
            );
            out.push(Finding { severity: weight(object, finding.severity), ..finding });
        }
    }
}

fn is_of_a_namespace(subject: &Subject<'_>) -> bool {
    matches!(subject, Subject::Group(name) if name.starts_with("system:serviceaccounts:"))
}
