//! On `OpenShift`, what a constraint allows its users may run.

use finding::{Fix, Severity};
use model::{Kinds, Node, Object, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use model::kinds::Kind;

pub(crate) const CHECK: Check = Check {
    id: "privileged-scc",
    title: "Security context constraint lets pods be privileged",
    severity: Severity::High,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1611"), Nsa(check::Nsa::PodSecurity), Owasp("K01")],
    peers: &[Peer::KubeLinter("scc-deny-privileged-container")],
    effort: Hours(4),
    fix: Fix::Review(
        "Set `allowPrivilegedContainer: false` and allow the one thing that is needed",
    ),
    edit: Edit::Set("false"),
    cel: Cel::Widened(
        "!has(object.allowPrivilegedContainer) || !object.allowPrivilegedContainer",
        "the one that OpenShift brings along is denied too",
    ),
    run,
    ..Check::on(Kinds::of(&[CONSTRAINT, OLD_CONSTRAINT]), include_str!("privileged_scc.md"))
};

/// Of `OpenShift`; before version 4 it stood in the core group.
const CONSTRAINT: Kind = kinds::cluster(
    "security.openshift.io",
    "SecurityContextConstraints",
    "securitycontextconstraints",
);
const OLD_CONSTRAINT: Kind =
    kinds::cluster("", "SecurityContextConstraints", "securitycontextconstraints");

/// Who may be anything anyway.
const MASTERS: [&str; 4] =
    ["system:admin", "system:cluster-admins", "system:masters", "system:nodes"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let all = [CONSTRAINT, OLD_CONSTRAINT].into_iter().flat_map(|kind| cx.inventory().of(kind));
    for constraint in all.filter(|it| !is_built_in(it)) {
        let allows = constraint.get("allowPrivilegedContainer").and_then(Node::as_bool);
        if allows == Some(true) {
            let message = format!("{} lets pods run privileged", constraint.name());
            out.push(CHECK.at(&constraint.place("allowPrivilegedContainer"), message));
        }
    }
}

/// The one that `OpenShift` brings along, as long as nobody was added to it.
fn is_built_in(constraint: &Object) -> bool {
    let named = |field| constraint.get(field).into_iter().flat_map(Node::strings);
    let mut given = named("users").chain(named("groups"));
    let own = |name: &str| {
        MASTERS.contains(&name) || name.starts_with("system:serviceaccount:openshift-infra:")
    };
    constraint.name() == "privileged" && given.all(own)
}
