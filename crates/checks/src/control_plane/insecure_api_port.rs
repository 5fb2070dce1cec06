//! A port without TLS, where nobody is asked who they are or what they may do.

use finding::{Change, Fix, Severity};
use model::{Kinds, Node, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "insecure-api-port",
    title: "API server listens without TLS and without asking who comes",
    severity: Severity::Critical,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1133"), Nsa(check::Nsa::Access), Owasp("K06")],
    peers: &[Peer::Checkov("CKV_K8S_86"), Peer::Checkov("CKV_K8S_88"), Peer::Kubescape("C-0005")],
    effort: Hours(1),
    fix: Fix::Review("Set --insecure-port=0"),
    edit: Edit::By(close),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("insecure_api_port.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx).filter(|server| server.minor < 20) {
        let port = server.flag("insecure-port").or_else(|| server.flag("port"));
        // Whoever sets a server up for others closes the port where nothing is said.
        if port.as_ref().map_or(!server.is_direct(), |port| port.value == "0") {
            continue;
        }
        let address = server.flag("insecure-bind-address").or_else(|| server.flag("address"));
        let open = address.filter(|address| !is_loopback(address.value));
        let (place, message) = match (port, open) {
            (_, Some(address)) => (address.place, "the port without TLS is open to the network"),
            (Some(port), None) => {
                (port.place, "the port without TLS is open to whatever runs on the node")
            }
            (None, None) if server.lacks("insecure-port") => (
                server.place(),
                "insecure-port is not set, which means 8080: no TLS, and nobody is asked",
            ),
            (None, None) => continue,
        };
        out.push(CHECK.at(&place, message));
    }
}

fn is_loopback(address: &str) -> bool {
    address == "localhost" || address.parse().is_ok_and(|it: std::net::IpAddr| it.is_loopback())
}

/// Probes that ask at this port would fail.
fn close(flaw: &Flaw<'_>) -> Vec<Change> {
    const NAMES: [&str; 2] = ["insecure-port", "port"];
    let is_plain = |it: Node<'_>| it.get("scheme").and_then(Node::as_str) != Some("HTTPS");
    if argument::probes(flaw).any(is_plain) {
        return Vec::new();
    }
    if argument::is_missing(flaw) || NAMES.iter().any(|name| argument::is_named(flaw, name)) {
        return argument::set(flaw, "insecure-port", "0");
    }
    let given = NAMES.iter().find_map(|name| argument::beside(flaw, name));
    let place = given.unwrap_or_else(|| argument::around(flaw).to_owned());
    argument::set(&Flaw::new(flaw.object(), &place), "insecure-port", "0")
}
