//! Services that nobody calls but who watches the pods: for metrics, profiles and probes.

use model::Object;
use model::tree::Node;

/// Words in the name of a port that is there to be watched.
const WATCHED: [&str; 7] =
    ["health", "metrics", "monitor", "probe", "profiling", "prometheus", "telemetry"];

/// Whether a Service has ports, all of them only to watch the pods by.
pub(crate) fn is_observed_only(service: &Object) -> bool {
    let mut ports = service.get("spec.ports").into_iter().flat_map(Node::items).peekable();
    ports.peek().is_some() && ports.all(is_watched)
}

fn is_watched(port: Node<'_>) -> bool {
    let names = ["name", "targetPort"].into_iter().filter_map(|it| port.get(it)?.as_text());
    names.into_iter().any(|name| WATCHED.iter().any(|word| name.contains(word)))
}
