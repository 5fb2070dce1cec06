//! Who needs sudo inside a container starts as the wrong user.

use finding::{Confidence, Fix, Severity};
use model::Kinds;

use crate::check::Framework::Owasp;
use crate::check::{Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "sudo-command",
    title: "Container starts a program with sudo",
    severity: Severity::Low,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Owasp("K01")],
    peers: &[Peer::Kubescape("C-0062")],
    effort: Hours(2),
    fix: Fix::Review("Start as the user that is needed, and drop sudo"),
    cel: Cel::Refused("where a program stands in a script cannot be told in CEL"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("sudo_command.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers() {
        let mut words = container.words().enumerate();
        if let Some((_, word)) = words.find(|(index, word)| calls_sudo(*index == 0, word.text())) {
            let message = format!("container {} starts a program with sudo", container.name());
            out.push(CHECK.at(&container.place_of(word), message));
        }
    }
}

/// Whether a word is sudo where a program stands, or a script that calls it.
fn calls_sudo(is_first: bool, text: &str) -> bool {
    if !text.contains(char::is_whitespace) {
        return is_first && is_sudo(text);
    }
    let ends_a_command = |c: char| matches!(c, '\n' | ';' | '&' | '|' | '(' | '`' | '{');
    let before =
        |word: &&str| ["exec", "then", "do", "else", "!"].contains(word) || word.contains('=');
    let program = |command: &str| {
        let first = command.split_whitespace().find(|word| !before(word));
        first.is_some_and(is_sudo)
    };
    text.split(ends_a_command).any(program)
}

fn is_sudo(word: &str) -> bool {
    word == "sudo" || word.ends_with("/sudo")
}
