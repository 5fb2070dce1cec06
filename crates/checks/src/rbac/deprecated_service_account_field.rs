//! Two fields with one meaning, and only one of them counts.

use finding::{Change, Fix, Severity};
use model::Kinds;
use model::tree::Node;

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};

pub(crate) const CHECK: Check = Check {
    id: "deprecated-service-account-field",
    title: "Pod names its service account in a deprecated field",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    peers: &[Peer::KubeLinter("deprecated-service-account-field"), Peer::Kubescape("C-0294")],
    effort: Hours(1),
    fix: Fix::Safe("Rename `serviceAccount` to `serviceAccountName`, or delete it beside that"),
    edit: Edit::By(mend),
    cel: Cel::Exact(
        "!has(variables.podSpec.serviceAccount) || variables.podSpec.serviceAccount == '' \
           || has(variables.podSpec.serviceAccountName) \
           && variables.podSpec.serviceAccountName == variables.podSpec.serviceAccount",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("deprecated_service_account_field.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads() {
        let text = |field| workload.spec().get(field).and_then(Node::as_text);
        let (Some(old), new) = (text("serviceAccount"), text("serviceAccountName")) else {
            continue;
        };
        let message = match new {
            Some(new) if new == old => continue,
            Some(new) => format!(
                "serviceAccount says {old} and is ignored, for serviceAccountName says {new}"
            ),
            None => format!("the pod names account {old} in serviceAccount, which is deprecated"),
        };
        out.push(CHECK.at(&workload.place("serviceAccount"), message));
    }
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    const NAME: &str = "serviceAccountName";
    let new = flaw.workload().and_then(|it| it.spec().get(NAME));
    match new.map(Node::as_text) {
        None => vec![Change::rename(flaw.path(), NAME)],
        Some(Some(_)) => vec![Change::remove(flaw.path())],
        Some(None) => Vec::new(),
    }
}
