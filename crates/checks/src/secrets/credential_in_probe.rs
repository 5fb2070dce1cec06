//! The command of a probe is part of the manifest, and of every list of processes.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Container, Kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::credential::{Given, Names};

pub(crate) const CHECK: Check = Check {
    id: "credential-in-probe",
    title: "Probe or hook logs in with a credential that is written out",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Attack("T1552.001"), Nsa(check::Nsa::Network), Owasp("K08")],
    peers: &[Peer::Kubescape("C-0012")],
    effort: Hours(2),
    fix: Fix::Manual(
        "Replace the credential by a new one and let the probe do without, or read it",
    ),
    cel: Cel::Refused(
        "names are read word by word and values by what they lead to, which no regular expression \
         does",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("credential_in_probe.md"))
};

const HANDLERS: [&str; 5] =
    ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let names = Names::with(&[]);
    for container in cx.containers() {
        for handler in HANDLERS {
            for given in given(&container, handler) {
                if let Some(what) = given.credential(&names) {
                    let of = container.name();
                    let message = format!("{handler} of container {of} holds {what}, written out");
                    out.push(CHECK.at(&container.place_of(given.node), message));
                }
            }
        }
    }
}

fn given<'a>(container: &Container<'a>, handler: &str) -> impl Iterator<Item = Given<'a>> {
    let handler = container.node().at(handler);
    let command = handler.and_then(|it| it.at("exec.command"));
    let headers = handler.and_then(|it| it.at("httpGet.httpHeaders"));
    let headers = headers.into_iter().flat_map(Node::items).filter_map(Given::variable);
    command.into_iter().flat_map(Given::arguments).chain(headers)
}
