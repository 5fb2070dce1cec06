//! A pod outside the mesh in a namespace that is in it.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place, Workload, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::istio;

pub(crate) const CHECK: Check = Check {
    id: "sidecar-opt-out",
    title: "Workload stays out of the mesh of its namespace",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Cluster,
    frameworks: &[Attack("T1040"), Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(2),
    fix: Fix::Review("Remove the label or annotation, and let the proxy be injected"),
    edit: Edit::Remove,
    cel: Cel::Refused("whether the namespace is in the mesh stands on another object"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("sidecar_opt_out.md"))
};

/// What takes a pod out, where its namespace is in: by label or annotation.
const OUT: [(&str, &str, Mesh); 3] = [
    ("sidecar.istio.io/inject", "false", Mesh::Istio),
    ("istio.io/dataplane-mode", "none", Mesh::Istio),
    ("linkerd.io/inject", "disabled", Mesh::Linkerd),
];

#[derive(Clone, Copy)]
enum Mesh {
    Istio,
    Linkerd,
}

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads().filter(|it| stays(it) && !it.flag("hostNetwork")) {
        let own = workload.namespace();
        let Some(namespace) = cx.inventory().of(kinds::NAMESPACE).find(|it| it.name() == own)
        else {
            continue;
        };
        for (key, value, mesh) in OUT {
            let Some(node) = said(&workload, key).filter(|it| it.text() == value) else {
                continue;
            };
            if is_in(namespace, mesh) {
                let object = workload.object();
                let name = object.name();
                let message = format!("{name} stays out of the mesh that namespace {own} is in");
                out.push(CHECK.at(&Place::of(object, node), message));
            }
        }
    }
}

/// Jobs stay out because a proxy would keep them from ending; a gateway is a proxy itself.
fn stays(workload: &Workload<'_>) -> bool {
    let is_proxy = workload.containers().any(|it| it.name() == "istio-proxy");
    !is_proxy && !matches!(workload.object().kind(), "Job" | "CronJob")
}

/// A label counts more than an annotation.
fn said<'a>(workload: &Workload<'a>, key: &str) -> Option<Node<'a>> {
    workload.label(key).or_else(|| workload.annotations()?.get(key))
}

fn is_in(namespace: &Object, mesh: Mesh) -> bool {
    let inject = || namespace.annotation("linkerd.io/inject").and_then(Node::as_str);
    match mesh {
        Mesh::Istio => istio::is_meshed(namespace),
        Mesh::Linkerd => matches!(inject(), Some("enabled" | "ingress")),
    }
}
