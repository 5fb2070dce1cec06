//! A pod whose account is not there does not start.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "missing-service-account",
    title: "Workload names a service account that is not there",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Three,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Namespace,
    sees: &[kinds::SERVICE_ACCOUNT],
    peers: &[Peer::KubeLinter("non-existent-service-account"), Peer::Kubescape("C-0307")],
    effort: Hours(1),
    fix: Fix::Manual("Create the service account, or correct its name"),
    cel: Cel::Refused("whether the account is there stands in another object"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("missing_service_account.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let accounts = cx.accounts();
    for workload in cx.workloads() {
        let (namespace, name) = (workload.namespace(), workload.service_account());
        if accounts.lacks(namespace, name, workload.object()) {
            let field = |field| workload.spec().get(field).and_then(Node::as_text).is_some();
            let field =
                if field("serviceAccountName") { "serviceAccountName" } else { "serviceAccount" };
            let message = format!(
                "service account {namespace}/{name} is not in this input, and others of the \
                 namespace are: its pods will not be created"
            );
            out.push(CHECK.at(&workload.place(field), message));
        }
    }
}
