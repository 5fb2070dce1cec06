//! A second door into a container, which Kubernetes neither guards nor logs.

use finding::{Confidence, Fix, Severity};
use model::{Container, Kinds, Node};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::script;

pub(crate) const CHECK: Check = Check {
    id: "ssh-server",
    title: "Container runs an SSH server",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Attack("T1133"), Owasp("K01")],
    peers: &[Peer::KubeLinter("ssh-port"), Peer::Kubescape("C-0042")],
    effort: Hours(3),
    fix: Fix::Review("Remove the server; use `kubectl exec` or a debug container"),
    cel: Cel::Refused(
        "whether a script starts the server cannot be told without splitting its text",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("ssh_server.md"))
};

const IMAGES: [&str; 4] = ["docker-sshd", "openssh-server", "ssh-server", "sshd"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers() {
        let program = || script::call(&container, "sshd");
        let own_trade = container.image().is_some_and(|it| speaks_ssh(it.name()));
        let sign =
            port(&container).filter(|_| !own_trade).or_else(program).or_else(|| image(&container));
        let Some(sign) = sign else { continue };
        let message = format!("container {} looks like an SSH server", container.name());
        out.push(CHECK.at(&container.place_of(sign), message));
    }
}

fn port<'a>(container: &Container<'a>) -> Option<Node<'a>> {
    let tcp =
        |it: &Node<'a>| it.get("protocol").and_then(Node::as_str).is_none_or(|it| it == "TCP");
    let mut ports = container.ports().filter(tcp).filter_map(|it| it.get("containerPort"));
    ports.find(|it| it.as_i64() == Some(22))
}

/// Git servers and file drops, whose users speak SSH to the program and get no shell.
fn speaks_ssh(image: &str) -> bool {
    const TRADES: [&str; 8] =
        ["bitbucket", "forgejo", "gerrit", "git", "gitea", "gitlab", "gogs", "sftp"];
    image.split(['-', '_']).any(|word| TRADES.contains(&word))
}

fn image<'a>(container: &Container<'a>) -> Option<Node<'a>> {
    let named = container.image().is_some_and(|image| IMAGES.contains(&image.name()));
    container.node().get("image").filter(|_| named)
}
