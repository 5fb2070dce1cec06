//! A monitor that selects no Service watches nothing.

use finding::{Confidence, Fix, Severity};
use model::kinds::{Kind, namespaced};
use model::tree::Node;
use model::{Kinds, Object, Selector, Type, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::selection::is_meant;

pub(crate) const CHECK: Check = Check {
    id: "dangling-service-monitor",
    title: "Monitor watches nothing",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Monitoring,
    scope: Scope::Cluster,
    sees: &[kinds::SERVICE],
    peers: &[Peer::KubeLinter("dangling-servicemonitor")],
    effort: Hours(1),
    fix: Fix::Review("Select the labels of the Service that is meant, or delete the monitor"),
    cel: Cel::Refused("the Services are other objects"),
    run,
    ..Check::on(Kinds::of(&[SERVICE_MONITOR]), include_str!("dangling_service_monitor.md"))
};

/// `ServiceMonitor` of the Prometheus operator.
const SERVICE_MONITOR: Kind =
    namespaced("monitoring.coreos.com", "ServiceMonitor", "servicemonitors");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for monitor in cx.inventory().of(SERVICE_MONITOR) {
        let Some(node) = monitor.get("spec.selector").filter(|it| it.kind() == Type::Map) else {
            continue;
        };
        let selector = Selector::read(node);
        let services = || cx.inventory().of(kinds::SERVICE).filter(|it| looks_at(monitor, it));
        let labels = node.get("matchLabels");
        let meant = services().find(|it| is_meant(it, monitor, labels));
        let Some(meant) = meant.filter(|_| !services().any(|it| selector.matches(it.labels())))
        else {
            continue;
        };
        let (namespace, name) = (meant.namespace(), meant.name());
        let message = format!(
            "it selects no Service, not even {name} of namespace {namespace}, by its labels"
        );
        out.push(CHECK.at(&monitor.place("spec.selector"), message));
    }
}

/// Whether a monitor looks into the namespace of a Service: its own, those it names, or all.
fn looks_at(monitor: &Object, service: &Object) -> bool {
    let others = monitor.get("spec.namespaceSelector.matchNames");
    let any = monitor.get("spec.namespaceSelector.any").and_then(Node::as_bool) == Some(true);
    let mut names = others.into_iter().flat_map(Node::strings).peekable();
    let own = monitor.id().namespace.as_deref().unwrap_or("default");
    match names.peek() {
        _ if any => true,
        None => service.namespace() == own,
        Some(_) => names.any(|it| it == service.namespace()),
    }
}
