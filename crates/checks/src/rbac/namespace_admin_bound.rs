//! Whoever is the administrator of a namespace is every account and every Secret in it.

use ::rbac::{Binding, Named, RoleId, Scope as Reach, Subject};
use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "namespace-admin-bound",
    title: "Program may do everything in a namespace",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    frameworks: &[Attack("T1078"), Cis("5.1.1"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[
        Peer::Kubescape("C-0272"),
        Peer::Polaris("rolebindingClusterAdminClusterRole"),
        Peer::Polaris("rolebindingClusterAdminRole"),
    ],
    effort: Hours(4),
    fix: Fix::Manual("Bind a role that lists what is really done in the namespace"),
    cel: Cel::Refused("what a role allows stands in the role, not in the binding"),
    run,
    ..Check::on(Kinds::of(&[kinds::ROLE_BINDING]), include_str!("namespace_admin_bound.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for binding in cx.rbac().bindings().filter(|it| it.scope() != Reach::Cluster) {
        let named: Named<'_> = if grants_everything(cx, binding) {
            binding.subjects().iter().copied().collect()
        } else if is_admin(binding) {
            binding.subjects().iter().copied().filter(is_program).collect()
        } else {
            continue;
        };
        if !named.is_empty() && !binding.is_bootstrap() {
            let (role, namespace) = (binding.role().name, binding.object().namespace());
            let message = format!("{named} may do everything in {namespace}, through role {role}");
            out.push(CHECK.at(&binding.role_place(), message));
        }
    }
}

fn grants_everything<'a>(cx: &Cx<'a>, binding: &Binding<'a>) -> bool {
    binding.role() == RoleId { namespace: None, name: "cluster-admin" }
        || cx.rbac().role_of(binding).is_some_and(::rbac::Role::is_everything)
}

fn is_admin(binding: &Binding<'_>) -> bool {
    binding.role() == RoleId { namespace: None, name: "admin" }
}

fn is_program(subject: &Subject<'_>) -> bool {
    matches!(subject, Subject::ServiceAccount { .. })
}
