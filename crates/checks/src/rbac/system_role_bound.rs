//! Roles of the control plane are cut for it, and nobody else is.

use ::rbac::{Named, Scope as Reach};
use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "system-role-bound",
    title: "Role of the control plane is granted to somebody else",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_ROLE],
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(4),
    fix: Fix::Manual("Bind a role that lists what the subject really does"),
    cel: Cel::Widened(
        "has(object.metadata.labels) && 'kubernetes.io/bootstrapping' in object.metadata.labels \
           && object.metadata.labels['kubernetes.io/bootstrapping'] == 'rbac-defaults' \
           && object.metadata.name.startsWith('system:') && object.roleRef.name != 'system:node' \
           || !has(object.subjects) || object.subjects.size() == 0 \
           || !(object.roleRef.name.startsWith('system:controller:') \
           || object.roleRef.name in ['system:kube-controller-manager', 'system:node'])",
        "it does not see whether the role is another of that name",
    ),
    run,
    ..Check::on(Kinds::CLUSTER_BINDINGS, include_str!("system_role_bound.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for binding in cx.rbac().bindings().filter(|it| it.scope() == Reach::Cluster) {
        let role = binding.role().name;
        let named: Named<'_> = binding.subjects().iter().copied().collect();
        // The binding to `system:node` that Kubernetes brings along names nobody any more.
        let is_born = binding.is_bootstrap() && role != "system:node";
        // Others may give their own roles such names.
        let is_another = cx
            .rbac()
            .role_of(binding)
            .is_some_and(|role| role.object().is_some() && !role.is_bootstrap());
        if is_of_the_control_plane(role) && !is_born && !is_another && !named.is_empty() {
            let message = format!("{named} has role {role}, which is made for the control plane");
            out.push(CHECK.at(&binding.role_place(), message));
        }
    }
}

fn is_of_the_control_plane(role: &str) -> bool {
    role.starts_with("system:controller:")
        || ["system:kube-controller-manager", "system:node"].contains(&role)
}
