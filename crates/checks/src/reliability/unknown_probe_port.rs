//! A probe of a port that the container does not name fails for ever.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Container, Kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::probe::PROBES;

pub(crate) const CHECK: Check = Check {
    id: "unknown-probe-port",
    title: "Probe asks at a port that the container does not name",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Monitoring,
    scope: Scope::Object,
    peers: &[
        Peer::KubeLinter("liveness-port"),
        Peer::KubeLinter("readiness-port"),
        Peer::KubeLinter("startup-port"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Name a port of the container, or give its number"),
    cel: Cel::Exact(TWIN),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unknown_probe_port.md"))
};

/// Writes the condition down once for each place where a port may stand.
macro_rules! twin {
    ($($probe:literal $handler:literal),*) => {
        concat!("variables.containers.all(c, true", $(
            " && (!has(c.", $probe, ") || !has(c.", $probe, ".", $handler, ") \
             || type(c.", $probe, ".", $handler, ".port) != string \
             || c.", $probe, ".", $handler, ".port.matches('^[0-9]*$') \
             || has(c.ports) && c.ports.exists(p, has(p.name) \
             && p.name == c.", $probe, ".", $handler, ".port))",
        )* ")")
    };
}

const TWIN: &str = twin!(
    "livenessProbe" "httpGet",
    "livenessProbe" "tcpSocket",
    "readinessProbe" "httpGet",
    "readinessProbe" "tcpSocket",
    "startupProbe" "httpGet",
    "startupProbe" "tcpSocket"
);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers() {
        for probe in PROBES.iter().filter_map(|field| container.node().get(field)) {
            let Some(port) = port(probe).filter(|it| !names(&container, it.text())) else {
                continue;
            };
            let message = format!(
                "{} asks at port {:?}, which container {} does not name: it always fails",
                probe.key(),
                port.text(),
                container.name()
            );
            out.push(CHECK.at(&container.place_of(port), message));
        }
    }
}

/// The port that a probe names. Digits in quotes are taken for a number.
fn port(probe: Node<'_>) -> Option<Node<'_>> {
    let handlers = ["httpGet", "tcpSocket"].into_iter();
    let mut ports = handlers.filter_map(|it| probe.get(it)?.get("port"));
    let is_name = |text: &str| !text.bytes().all(|it| it.is_ascii_digit());
    ports.find(|port| port.as_text().is_some_and(is_name))
}

fn names(container: &Container<'_>, name: &str) -> bool {
    let ports = container.node().get("ports").into_iter().flat_map(Node::items);
    ports.filter_map(|it| it.get("name")?.as_str()).any(|it| it == name)
}
