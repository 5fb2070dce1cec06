//! What is needed in one namespace can be granted in all.

use ::rbac::{RoleId, Rule, Scope as Reach};
use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, kinds};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "cluster-role-for-one-namespace",
    title: "ClusterRole is used in one namespace alone",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: Kinds::BINDINGS.built_in(),
    frameworks: &[Nsa(check::Nsa::Access), Owasp("K03")],
    effort: Hours(1),
    fix: Fix::Manual("Make it a Role of that namespace"),
    cel: Cel::Refused("where a role is bound stands in the bindings"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::CLUSTER_ROLE]),
        include_str!("cluster_role_for_one_namespace.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let neighbours = cx.neighbours();
    for role in cx.inventory().of(kinds::CLUSTER_ROLE).filter(|role| is_ours(role)) {
        let id = RoleId { namespace: None, name: role.name() };
        let mut bindings = cx.rbac().bindings_of(&id);
        let Some(first) = bindings.next().filter(|first| neighbours.are(first.object(), role))
        else {
            continue;
        };
        let Reach::Namespace(namespace) = first.scope() else { continue };
        let says = first.object().get("metadata.namespace").is_some();
        if says && bindings.all(|other| other.scope() == first.scope()) {
            let message = format!("the role is bound in namespace {namespace} and nowhere else");
            out.push(CHECK.at(&role.place("kind"), message));
        }
    }
}

/// Not one of Kubernetes itself, nor one that is there for others to aggregate.
fn is_ours(role: &Object) -> bool {
    let mut labels = role.get("metadata.labels").into_iter().flat_map(Node::entries);
    let is_aggregated = labels.any(|label| label.key().contains("/aggregate-to-"));
    !is_aggregated && Rule::written(role).next().is_some()
}
