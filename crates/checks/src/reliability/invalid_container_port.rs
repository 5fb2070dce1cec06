//! The API server refuses a container whose ports have no number, or names that are none.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Container, Kinds, Type};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "invalid-container-port",
    title: "Port of a container is one that the API server refuses",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    peers: &[Peer::KubeScore("container-ports-check")],
    effort: Hours(1),
    fix: Fix::Review("Give each port a number, and a short name of its own"),
    cel: Cel::Refused("the API server refuses it itself, before any policy is asked"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("invalid_container_port.md"))
};

/// The groups whose kinds carry a pod as it is. Others fill in or change what they carry.
const PLAIN: [&str; 4] = ["", "apps", "batch", "extensions"];

/// The longest name of a port.
const LONGEST: usize = 15;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let plain = |it: &Container<'_>| PLAIN.contains(&it.workload().object().group());
    for container in cx.containers().filter(plain) {
        let mut names: Vec<&str> = Vec::new();
        for port in container.ports().filter(|it| it.kind() == Type::Map) {
            let name = port.get("name").and_then(Node::as_str).filter(|it| !it.is_empty());
            let twice = name.is_some_and(|it| names.contains(&it));
            if let Some(why) = refused(port, name, twice) {
                let message = format!("container {} has a port {why}", container.name());
                out.push(CHECK.at(&container.place_of(port), message));
            }
            names.extend(name);
        }
    }
}

/// Why a port is refused. Another type than a number is for a check of its own.
fn refused(port: Node<'_>, name: Option<&str>, twice: bool) -> Option<String> {
    let number = port.get("containerPort").filter(|it| it.kind() != Type::Null);
    match (name, number.map(Node::as_i64)) {
        (_, None) => Some("without a number".to_owned()),
        (_, Some(Some(it))) if !(1..=65_535).contains(&it) => Some(format!("with number {it}")),
        (Some(name), _) if is_open(name) => None,
        (Some(name), _) if twice => Some(format!("with the name {name:?} of another")),
        (Some(name), _) if name.len() > LONGEST => {
            Some(format!("whose name {name:?} is longer than {LONGEST} letters"))
        }
        (Some(name), _) if !is_name(name) => Some(format!("with the name {name:?}, which is none")),
        _ => None,
    }
}

/// Whether a template has yet to fill in a part.
fn is_open(name: &str) -> bool {
    name.contains(['{', '}', '<', '>', '$'])
}

/// Small letters, digits and single dashes, with a letter somewhere and no dash at the ends.
fn is_name(name: &str) -> bool {
    let inner = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    name.bytes().all(inner)
        && name.bytes().any(|it| it.is_ascii_lowercase())
        && !name.contains("--")
        && !name.starts_with('-')
        && !name.ends_with('-')
}
