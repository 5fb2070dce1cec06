//! Who needs sudo inside a container starts as the wrong user.

use finding::{Confidence, Fix, Severity};
use model::Kinds;

use crate::check::Framework::Owasp;
use crate::check::{Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::script;

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
        if let Some(word) = script::call(&container, "sudo") {
            let message = format!("container {} starts a program with sudo", container.name());
            out.push(CHECK.at(&container.place_of(word), message));
        }
    }
}
