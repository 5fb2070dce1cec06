//! A door in the wall between two namespaces.

use ::rbac::{Binding, Scope as Reach, Subject};
use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::small_role::only_looks_around;

pub(crate) const CHECK: Check = Check {
    id: "foreign-subject",
    title: "Account of another namespace is granted a role here",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::ROLE, kinds::CLUSTER_ROLE],
    frameworks: &[Attack("T1078"), Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(1),
    fix: Fix::Manual("Move the workload or grant the role to an account of this namespace"),
    cel: Cel::Widened(
        "has(object.metadata.labels) \
           && 'kubernetes.io/bootstrapping' in object.metadata.labels \
           && object.metadata.labels['kubernetes.io/bootstrapping'] == 'rbac-defaults' \
           && has(object.metadata.name) \
           && (object.metadata.name.startsWith('system:') || object.metadata.name in \
             ['admin', 'cluster-admin', 'edit', 'extension-apiserver-authentication-reader', \
              'view']) \
           || object.roleRef.name == 'extension-apiserver-authentication-reader' \
           || !has(object.metadata.namespace) || !has(object.subjects) \
           || !object.subjects.exists(s, s.kind == 'ServiceAccount' && has(s.namespace) \
           && s.namespace != '' && s.namespace != object.metadata.namespace)",
        "it does not see what the role opens",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::ROLE_BINDING]), include_str!("foreign_subject.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for binding in cx.rbac().bindings().filter(|binding| may_judge(binding)) {
        if cx.rbac().role_of(binding).is_some_and(only_looks_around) {
            continue;
        }
        for (subject, place) in binding.named().filter(|(subject, _)| is_foreign(subject, binding))
        {
            let (role, here) = (binding.role().name, binding.object().namespace());
            let message = format!("{subject}, of another namespace, has role {role} in {here}");
            out.push(CHECK.at(&place, message));
        }
    }
}

/// Only where the binding says its namespace: else whoever applies it chooses that. What the API
/// server binds itself, such as the signer of `kube-public`, nobody else can mend.
fn may_judge(binding: &Binding<'_>) -> bool {
    let says = binding.object().get("metadata.namespace").and_then(Node::as_text).is_some();
    says && binding.scope() != Reach::Cluster
        && !binding.is_bootstrap()
        && binding.role().name != "extension-apiserver-authentication-reader"
}

fn is_foreign(subject: &Subject<'_>, binding: &Binding<'_>) -> bool {
    let here = binding.object().namespace();
    matches!(subject, Subject::ServiceAccount { namespace, .. } if *namespace != here)
}
