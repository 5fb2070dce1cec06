//! Whoever is bound to everything is the cluster.

use ::rbac::{Binding, Named, Scope as Reach, Subject};
use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "cluster-admin-bound",
    title: "Subject may do everything in the cluster",
    severity: Severity::Critical,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    frameworks: &[Attack("T1078"), Cis("5.1.1"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[
        Peer::KubeLinter("cluster-admin-role-binding"),
        Peer::Kubescape("C-0035"),
        Peer::Kubescape("C-0185"),
        Peer::Polaris("clusterrolebindingClusterAdmin"),
        Peer::Trivy("KSV-0111"),
    ],
    effort: Hours(8),
    fix: Fix::Manual("Bind a role that lists what the subject really does"),
    cel: Cel::Refused("what a role allows stands in the role, not in the binding"),
    run,
    ..Check::on(Kinds::CLUSTER_BINDINGS, include_str!("cluster_admin_bound.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let bindings = cx.rbac().bindings().filter(|binding| binding.scope() == Reach::Cluster);
    for binding in bindings.filter(|binding| grants_everything(cx, binding)) {
        let named = named(binding);
        if !named.is_empty() {
            let role = binding.role().name;
            let message = format!("{named} may do everything in the cluster, through role {role}");
            out.push(CHECK.at(&binding.role_place(), message));
        }
    }
}

/// `cluster-admin` is mended at every start, so its name alone decides.
fn grants_everything<'a>(cx: &Cx<'a>, binding: &Binding<'a>) -> bool {
    binding.role().name == "cluster-admin"
        || cx.rbac().role_of(binding).is_some_and(::rbac::Role::is_everything)
}

/// Whom a binding names, but for the group that the API server binds itself: it is let through
/// before any role is asked.
fn named<'a>(binding: &Binding<'a>) -> Named<'a> {
    let is_born = |subject: &Subject<'_>| {
        binding.is_bootstrap() && *subject == Subject::Group("system:masters")
    };
    binding.subjects().iter().copied().filter(|subject| !is_born(subject)).collect()
}
