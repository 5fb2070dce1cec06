//! Every pod that asks for nothing runs as this account.

use ::rbac::Subject;
use finding::{Finding, Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::power::weight;

pub(crate) const CHECK: Check = Check {
    id: "default-account-grant",
    title: "The default service account is granted a role",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1078"), Cis("5.1.5"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Checkov("CKV_K8S_42"), Peer::Kubescape("C-0189")],
    effort: Hours(1),
    fix: Fix::Manual("Give the workload an account of its own and grant it the role"),
    cel: Cel::Exact(
        "!has(object.subjects) || !object.subjects.exists(s, \
           s.kind == 'ServiceAccount' && s.name == 'default' \
           || s.kind == 'User' && s.name.startsWith('system:serviceaccount:') \
           && s.name.endsWith(':default'))",
    ),
    run,
    ..Check::on(Kinds::BINDINGS, include_str!("default_account_grant.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for binding in cx.rbac().bindings().filter(|binding| !binding.is_bootstrap()) {
        let object = binding.object();
        for (subject, place) in binding.named().filter(|(subject, _)| is_default(subject)) {
            let finding = CHECK.at(
                &place,
                format!(
                    "{subject}, as which every pod runs that names no other, has role {}",
                    binding.role().name
                ),
            );
            out.push(Finding { severity: weight(object, finding.severity), ..finding });
        }
    }
}

/// A service account authenticates as a user of a name that a binding may say, too.
fn is_default(subject: &Subject<'_>) -> bool {
    match subject {
        Subject::ServiceAccount { name, .. } => *name == "default",
        Subject::User(name) => {
            name.starts_with("system:serviceaccount:") && name.ends_with(":default")
        }
        Subject::Group(_) => false,
    }
}
