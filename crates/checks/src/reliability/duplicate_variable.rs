//! Of two variables with one name, the former is lost without a word.

use finding::{Change, Fix, Severity};
use model::tree::Node;
use model::{Container, Kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};

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
    fix: Fix::Safe("Delete the former, whose value is lost"),
    edit: Edit::By(mend),
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

/// Takes the lost value away, unless a variable between the two is made of it.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let (Some(variable), Some(container)) = (flaw.node(), flaw.container()) else {
        return Vec::new();
    };
    let name = variable.get("name").and_then(Node::as_text).unwrap_or_default();
    let before = container.env().take_while(|it| it.index() < variable.index());
    let before: Vec<Node<'_>> = before.collect();
    let is_same = |it: &Node<'_>| it.get("name").and_then(Node::as_text) == Some(name);
    let Some(lost) = before.iter().rposition(is_same) else { return Vec::new() };
    let (until, between) = before.split_at(lost + 1);
    let is_used = between.iter().any(|it| extends_itself(*it, name));
    let lost = until.last().filter(|_| !is_used);
    lost.map(|it| Change::remove(it.path())).into_iter().collect()
}
