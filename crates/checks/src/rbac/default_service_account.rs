//! What one pod needs, every pod of the namespace is given.

use ::rbac::Subject;
use finding::{Fix, Severity};
use model::{Kinds, Workload, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "default-service-account",
    title: "Workload uses the permissions of the default service account",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    sees: &[kinds::SERVICE_ACCOUNT],
    frameworks: &[Attack("T1528"), Cis("5.1.5"), Nsa(check::Nsa::Access), Owasp("K03")],
    peers: &[
        Peer::Checkov("CKV_K8S_41"),
        Peer::KubeLinter("default-service-account"),
        Peer::Kubesec("ServiceAccountName"),
    ],
    effort: Hours(1),
    fix: Fix::Manual("Give the workload a service account of its own"),
    cel: Cel::Refused("what is granted to the account stands in roles and bindings"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("default_service_account.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let accounts = cx.accounts();
    let neighbours = cx.neighbours();
    let on_default = |workload: &Workload<'_>| workload.service_account() == "default";
    for workload in cx.workloads().filter(on_default).filter(|it| accounts.gives_token(*it)) {
        let namespace = workload.namespace();
        let by_name = |subject: &Subject<'_>| subject.is_service_account(namespace, "default");
        let mut grants = cx.rbac().grants_of(namespace, "default");
        let Some(grant) = grants.find(|grant| {
            grant.subjects().iter().any(by_name)
                && neighbours.are(grant.object(), workload.object())
        }) else {
            continue;
        };
        let message = format!(
            "the pods run as {namespace}/default, to which {} grants role {}",
            grant.object().id(),
            grant.role().name
        );
        out.push(CHECK.at(&workload.place("serviceAccountName"), message));
    }
}
