//! One flaw in one container, and the cluster is somebody else's.

use std::collections::BTreeMap;

use ::rbac::{Binding, Scope as Reach, Subject};
use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "workload-with-cluster-takeover",
    title: "Pods hold a token that can take over the cluster",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: &[kinds::SERVICE_ACCOUNT],
    frameworks: &[Attack("T1078"), Cis("5.1.1"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[Peer::Kubescape("C-0053"), Peer::Kubescape("C-0267")],
    effort: Hours(8),
    fix: Fix::Manual(
        "Grant the account what the program really does, in the namespaces where it does it",
    ),
    cel: Cel::Refused("what is granted to the account stands in roles and bindings"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("workload_with_cluster_takeover.md"))
};

/// Whoever has one of these everywhere has everything with one more request.
const TAKEOVER: &[(&str, &str, &str)] = &[
    ("bind", "rbac.authorization.k8s.io", "clusterroles"),
    ("create", "", "serviceaccounts/token"),
    ("escalate", "rbac.authorization.k8s.io", "clusterroles"),
    ("impersonate", "", "serviceaccounts"),
    ("impersonate", "", "users"),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let (accounts, mut known) = (cx.accounts(), BTreeMap::new());
    for workload in cx.workloads().filter(|workload| accounts.gives_token(*workload)) {
        let account = (workload.namespace(), workload.service_account());
        let held = known.entry(account).or_insert_with(|| held(cx, account));
        if let Some(held) = held {
            let (namespace, name) = account;
            let message = format!("the pods run as {namespace}/{name}, which may {held}");
            out.push(CHECK.at(&workload.place("serviceAccountName"), message));
        }
    }
}

/// What an account of its own holds that is the cluster, in words.
fn held(cx: &Cx<'_>, (namespace, name): (&str, &str)) -> Option<String> {
    let by_name = |subject: &Subject<'_>| subject.is_service_account(namespace, name);
    let grants = cx.rbac().grants_of(namespace, name).filter(|_| name != "default");
    let mut grants = grants.filter(|grant| grant.subjects().iter().any(by_name));
    let (grant, power) = grants.find_map(|grant| Some((grant, takeover(cx, grant)?)))?;
    let (binding, role) = (grant.object().name(), grant.role().name);
    Some(format!("{power} in the whole cluster, by ClusterRoleBinding {binding} to {role}"))
}

/// What a binding grants that is the cluster, in words.
fn takeover<'a>(cx: &Cx<'a>, binding: &Binding<'a>) -> Option<String> {
    let role = cx.rbac().role_of(binding).filter(|_| binding.scope() == Reach::Cluster)?;
    if role.is_everything() {
        return Some("do everything".to_owned());
    }
    let allows = |(verb, group, resource): &&(&str, &str, &str)| {
        role.rules().iter().any(|rule| rule.allows_any(verb, group, resource))
    };
    TAKEOVER.iter().find(allows).map(|(verb, _, resource)| format!("{verb} {resource}"))
}
