//! Whoever makes the account that a grant waits for has the grant.

use ::rbac::Subject;
use finding::{Confidence, Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "dangling-subject",
    title: "Role is granted to a service account that is not there",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: &[kinds::SERVICE_ACCOUNT],
    frameworks: &[Attack("T1078"), Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(1),
    fix: Fix::Manual("Correct the name of the account, or take it out of the binding"),
    cel: Cel::Refused("whether the account is there stands in another object"),
    run,
    ..Check::on(Kinds::BINDINGS, include_str!("dangling_subject.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let accounts = cx.accounts();
    for binding in cx.rbac().bindings().filter(|binding| !binding.is_bootstrap()) {
        for (subject, place) in binding.named() {
            let Subject::ServiceAccount { namespace, name } = subject else { continue };
            if accounts.lacks(namespace, name, binding.object()) {
                let role = binding.role().name;
                let message = format!("{subject} is not there, and role {role} waits for it");
                out.push(CHECK.at(&place, message));
            }
        }
    }
}
