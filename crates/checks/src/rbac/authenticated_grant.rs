//! What is granted to whoever is logged in is granted to every pod.

use ::rbac::Subject;
use finding::{Finding, Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::weight;
use crate::reading::small_role::opens_single_objects;

pub(crate) const CHECK: Check = Check {
    id: "authenticated-grant",
    title: "Everybody who is logged in is granted a role",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::ROLE, kinds::CLUSTER_ROLE],
    frameworks: &[Attack("T1078"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Kubescape("C-0265"), Peer::Trivy("KSV-01011")],
    effort: Hours(1),
    fix: Fix::Manual("Grant the role to the groups and accounts that need it"),
    cel: Cel::Widened(
        "object.roleRef.name in ['system:basic-user', \
           'system:discovery', \
           'system:public-info-viewer', \
           'system:service-account-issuer-discovery'] \
           || !has(object.subjects) || !object.subjects.exists(s, \
           s.kind == 'Group' && s.name in ['system:authenticated', 'system:serviceaccounts'])",
        "it does not see what the role opens",
    ),
    run,
    ..Check::on(Kinds::BINDINGS, include_str!("authenticated_grant.md"))
};

/// What everybody is meant to see: versions, discovery, public keys.
const KNOWN: &[&str] = &[
    "system:basic-user",
    "system:discovery",
    "system:public-info-viewer",
    "system:service-account-issuer-discovery",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for binding in cx.rbac().bindings().filter(|binding| !KNOWN.contains(&binding.role().name)) {
        if cx.rbac().role_of(binding).is_some_and(opens_single_objects) {
            continue;
        }
        let object = binding.object();
        for (subject, place) in binding.named().filter(|(subject, _)| is_everybody(subject)) {
            let finding = CHECK.at(
                &place,
                format!(
                    "everybody in {subject} has role {}, every pod with a token included",
                    binding.role().name
                ),
            );
            out.push(Finding { severity: weight(object, finding.severity), ..finding });
        }
    }
}

fn is_everybody(subject: &Subject<'_>) -> bool {
    matches!(subject, Subject::Group("system:authenticated" | "system:serviceaccounts"))
}
