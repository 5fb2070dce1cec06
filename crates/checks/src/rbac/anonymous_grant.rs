//! What is granted to nobody in particular is granted to whoever finds the port.

use ::rbac::Subject;
use finding::{Change, Finding, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::power::weight;

pub(crate) const CHECK: Check = Check {
    id: "anonymous-grant",
    title: "Anybody is granted a role without logging in",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1078"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Kubescape("C-0262"), Peer::Trivy("KSV-0122")],
    effort: Hours(1),
    fix: Fix::Review("Take the subject out, and grant the role to those who log in and need it"),
    edit: Edit::By(mend),
    cel: Cel::Exact(
        "object.roleRef.name in ['kubeadm:bootstrap-signer-clusterinfo', \
           'system:public-info-viewer', \
           'system:service-account-issuer-discovery'] \
           || !has(object.subjects) || !object.subjects.exists(s, \
           s.kind == 'User' && s.name == 'system:anonymous' \
           || s.kind == 'Group' && s.name == 'system:unauthenticated')",
    ),
    run,
    ..Check::on(Kinds::BINDINGS, include_str!("anonymous_grant.md"))
};

/// What everybody is meant to see: versions, discovery, public keys.
const KNOWN: &[&str] = &[
    "kubeadm:bootstrap-signer-clusterinfo",
    "system:public-info-viewer",
    "system:service-account-issuer-discovery",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for binding in cx.rbac().bindings().filter(|binding| !KNOWN.contains(&binding.role().name)) {
        let object = binding.object();
        for (subject, place) in binding.named().filter(|(subject, _)| is_anybody(subject)) {
            let finding = CHECK.at(
                &place,
                format!(
                    "whoever reaches the API server has role {}, without logging in, as {subject}",
                    binding.role().name
                ),
            );
            out.push(Finding { severity: weight(object, finding.severity), ..finding });
        }
    }
}

fn is_anybody(subject: &Subject<'_>) -> bool {
    matches!(subject, Subject::User("system:anonymous") | Subject::Group("system:unauthenticated"))
}

/// Takes the subject out of the binding.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    vec![Change::remove(flaw.around(1))]
}
