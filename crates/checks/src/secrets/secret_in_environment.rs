//! A Secret in the environment of a process goes wherever the environment goes.

use finding::{Fix, Severity};
use model::tree::{Node, Type};
use model::{Container, Kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "secret-in-environment",
    title: "Secret is passed in the environment",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Attack("T1552"), Cis("5.4.1"), Nsa(check::Nsa::Network), Owasp("K08")],
    peers: &[
        Peer::Checkov("CKV_K8S_35"),
        Peer::KubeLinter("read-secret-from-env-var"),
        Peer::Kubescape("C-0207"),
    ],
    effort: Hours(4),
    fix: Fix::Manual("Mount the Secret as files and let the program read them"),
    cel: Cel::Exact(
        "variables.containers.all(c, \
         !(has(c.env) && c.env.exists(e, has(e.valueFrom) && has(e.valueFrom.secretKeyRef))) \
         && !(has(c.envFrom) && c.envFrom.exists(e, has(e.secretRef))))",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("secret_in_environment.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers() {
        for (node, message) in variables(&container).chain(whole_secrets(&container)) {
            out.push(CHECK.at(&container.place_of(node), message));
        }
    }
}

fn variables<'a>(container: &Container<'a>) -> impl Iterator<Item = (Node<'a>, String)> {
    container.env().filter_map(|entry| {
        let reference = reference(entry, "valueFrom.secretKeyRef")?;
        let variable = entry.get("name").and_then(Node::as_text).unwrap_or("(no name)");
        let (secret, container) = (name(reference), container.name());
        let message =
            format!("variable {variable} of container {container} holds a key of Secret {secret}");
        Some((reference, message))
    })
}

fn whole_secrets<'a>(container: &Container<'a>) -> impl Iterator<Item = (Node<'a>, String)> {
    let sources = container.node().get("envFrom").into_iter().flat_map(Node::items);
    sources.filter_map(|source| {
        let reference = reference(source, "secretRef")?;
        let (secret, container) = (name(reference), container.name());
        let message =
            format!("the environment of container {container} holds every key of Secret {secret}");
        Some((reference, message))
    })
}

fn reference<'a>(node: Node<'a>, path: &str) -> Option<Node<'a>> {
    node.at(path).filter(|reference| reference.kind() == Type::Map)
}

fn name(reference: Node<'_>) -> &str {
    reference.get("name").and_then(Node::as_text).unwrap_or("(no name)")
}
