//! Of two variables with one name, the former is lost without a word.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Container, Kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "duplicate-variable",
    title: "Variable is set twice",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    peers: &[
        Peer::KubeLinter("duplicate-env-var"),
        Peer::KubeScore("environment-variable-key-duplication"),
        Peer::Kubescape("C-0295"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Keep the one that is meant"),
    cel: Cel::Widened(
        "variables.containers.all(c, !has(c.env) || c.env.all(e, \
         !has(e.name) || c.env.exists_one(f, has(f.name) && f.name == e.name)))",
        "it also denies a variable that extends what it was before",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("duplicate_variable.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers() {
        let mut names: Vec<&str> = Vec::new();
        for variable in container.env() {
            let Some(name) = variable.get("name").and_then(Node::as_text) else { continue };
            if names.contains(&name) && !extends_itself(variable, name) {
                out.push(CHECK.at(&container.place_of(variable), message(&container, name)));
            }
            names.push(name);
        }
    }
}

fn message(container: &Container<'_>, name: &str) -> String {
    let container = container.name();
    format!("variable {name} of container {container} is set before: the former value is lost")
}

/// A value may refer to what the variable was before.
fn extends_itself(variable: Node<'_>, name: &str) -> bool {
    let value = variable.get("value").and_then(Node::as_str).unwrap_or_default();
    value.contains(&format!("$({name})"))
}
