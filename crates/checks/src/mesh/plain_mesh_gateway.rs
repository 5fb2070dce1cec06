//! The entry of the mesh takes plain text.

use finding::{Change, Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Object, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::istio::GATEWAY;

pub(crate) const CHECK: Check = Check {
    id: "plain-mesh-gateway",
    title: "Gateway of the mesh takes requests in plain text",
    severity: Severity::Medium,
    confidence: Confidence::Heuristic,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1040"), Attack("T1557"), Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(2),
    fix: Fix::Review("Set `tls.httpsRedirect: true` on the server, and serve its hosts over HTTPS"),
    edit: Edit::By(redirect),
    cel: Cel::Widened(
        "!has(object.spec) || !has(object.spec.servers) || object.spec.servers.all(s, \
         !has(s.port) || !has(s.port.protocol) \
         || !(s.port.protocol in ['HTTP', 'HTTP2', 'GRPC', 'GRPC-WEB', \
              'http', 'http2', 'grpc', 'grpc-web', 'Http']) \
         || has(s.tls) && has(s.tls.httpsRedirect) && s.tls.httpsRedirect)",
        "it does not leave out gateways for traffic inside the cluster",
    ),
    run,
    ..Check::on(Kinds::of(&[GATEWAY]), include_str!("plain_mesh_gateway.md"))
};

const PLAIN: [&str; 4] = ["HTTP", "HTTP2", "GRPC", "GRPC-WEB"];

/// Words in the name or the selector of a gateway that is no entry from outside.
const INSIDE: [&str; 5] = ["egress", "eastwest", "east-west", "internal", "local"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for gateway in cx.inventory().of(GATEWAY).filter(|gateway| !is_inside(gateway)) {
        for server in gateway.get("spec.servers").into_iter().flat_map(Node::items) {
            let Some(protocol) = server.at("port.protocol") else { continue };
            let redirects = server.at("tls.httpsRedirect").and_then(Node::as_bool) == Some(true);
            let known = |it: &&str| protocol.text().eq_ignore_ascii_case(it);
            if !redirects && PLAIN.iter().any(known) {
                let number = server.at("port.number").map(Node::text).unwrap_or_default();
                let message = format!("gateway {} takes plain text on {number}", gateway.name());
                out.push(CHECK.at(&Place::of(gateway, protocol), message));
            }
        }
    }
}

fn is_inside(gateway: &Object) -> bool {
    let selector = gateway.get("spec.selector").into_iter().flat_map(Node::entries);
    let mut words = selector.map(Node::text).chain([gateway.name()]);
    words.any(|word| INSIDE.iter().any(|mark| word.contains(mark)))
}

/// Callers can only be sent to a server that is there.
fn redirect(flaw: &Flaw<'_>) -> Vec<Change> {
    let servers: Vec<Node<'_>> =
        flaw.object().get("spec.servers").into_iter().flat_map(Node::items).collect();
    let speaks = |it: Node<'_>, word: &str| {
        it.at("port.protocol").is_some_and(|it| it.text().eq_ignore_ascii_case(word))
    };
    let hosts = |it: Node<'_>| -> Vec<String> {
        it.get("hosts").into_iter().flat_map(Node::strings).map(str::to_owned).collect()
    };
    let Some(own) = flaw.object().root().follow(flaw.around(2)) else { return Vec::new() };
    let is_tls = |it: &&Node<'_>| speaks(**it, "HTTPS");
    let served: Vec<String> = servers.iter().filter(is_tls).flat_map(|it| hosts(*it)).collect();
    if !speaks(own, "HTTP") || !hosts(own).iter().all(|host| served.contains(host)) {
        return Vec::new();
    }
    vec![Change::set(format!("{}.tls.httpsRedirect", flaw.around(2)), "true")]
}
