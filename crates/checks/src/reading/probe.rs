//! What a probe asks, and of whom.

use model::tree::{Node, Type};
use model::{Container, Workload};

/// The probes of a container by their fields.
pub(crate) const PROBES: [&str; 3] = ["livenessProbe", "readinessProbe", "startupProbe"];

/// What a probe does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Question<'a> {
    /// Runs a program in the container.
    Exec(Vec<&'a str>),
    /// Asks by HTTP: scheme, host, port and path.
    Http([&'a str; 4]),
    /// Opens a connection: host and port.
    Tcp([&'a str; 2]),
    /// Asks by gRPC: port and service.
    Grpc([&'a str; 2]),
}

/// A probe of a container that asks something.
pub(crate) fn probe<'a>(
    container: &Container<'a>,
    field: &str,
) -> Option<(Node<'a>, Question<'a>)> {
    let node = container.node().get(field)?;
    question(container, node).map(|question| (node, question))
}

/// Whether some container of a workload has a probe.
pub(crate) fn has(workload: Workload<'_>, field: &str) -> bool {
    let mut containers = workload.containers();
    containers.any(|it| it.node().get(field).is_some_and(|it| it.kind() != Type::Null))
}

fn question<'a>(container: &Container<'a>, probe: Node<'a>) -> Option<Question<'a>> {
    if let Some(exec) = probe.get("exec") {
        return Some(Question::Exec(exec.get("command")?.strings().collect()));
    }
    let (kind, handler) = ["httpGet", "tcpSocket", "grpc"]
        .into_iter()
        .find_map(|kind| Some((kind, probe.get(kind)?)))?;
    let text = |key, default| handler.get(key).and_then(Node::as_text).unwrap_or(default);
    let port = handler.get("port").map(Node::text).unwrap_or_default();
    let port = number(container, port).unwrap_or(port);
    Some(match kind {
        "httpGet" => {
            Question::Http([text("scheme", "HTTP"), text("host", ""), port, text("path", "/")])
        }
        "tcpSocket" => Question::Tcp([text("host", ""), port]),
        _ => Question::Grpc([port, text("service", "")]),
    })
}

/// The number of a port that a container names.
fn number<'a>(container: &Container<'a>, name: &str) -> Option<&'a str> {
    let mut ports = container.node().get("ports")?.items();
    let port = ports.find(|port| port.get("name").and_then(Node::as_text) == Some(name))?;
    port.get("containerPort").map(Node::text)
}
