//! A workload in the namespace that belongs to nobody.

use finding::{Fix, Severity};
use model::{Kinds, Object};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "default-namespace",
    title: "Workload runs in the default namespace",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[check::Framework::Cis("5.7.4"), Nsa(check::Nsa::Network), Owasp("K08")],
    peers: &[
        Peer::Checkov("CKV_K8S_21"),
        Peer::KubeLinter("use-namespace"),
        Peer::Kubescape("C-0061"),
        Peer::Kubescape("C-0209"),
        Peer::Kubescape("C-0212"),
        Peer::Trivy("KSV-0110"),
    ],
    effort: Hours(4),
    fix: Fix::Manual("Move the workload, and what it needs, to a namespace of its own"),
    cel: Cel::Exact(
        "!has(object.metadata) || !has(object.metadata.namespace) \
         || object.metadata.namespace != 'default'",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("default_namespace.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let mut last: Option<&Object> = None;
    for object in cx.workloads().map(|workload| workload.object()) {
        let is_said = object.get("metadata.namespace").is_some_and(|it| it.text() == "default");
        if !is_said || last.is_some_and(|last| std::ptr::eq(last, object)) {
            continue;
        }
        last = Some(object);
        let message = format!("the {} {} runs in default", object.kind(), object.name());
        out.push(CHECK.at(&object.place("metadata.namespace"), message));
    }
}
