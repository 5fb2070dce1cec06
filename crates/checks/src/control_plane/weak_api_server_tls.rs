//! Old protocols and ciphers, asked for by name.

use finding::{Change, Fix, Severity};
use model::component::Flag;
use model::{Kinds, kinds};

use crate::check::Framework::{Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "weak-api-server-tls",
    title: "API server offers TLS that can be broken",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Cis("1.2.29"), Nsa(check::Nsa::Network), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_105"), Peer::Kubescape("C-0143"), Peer::Kubescape("C-0277")],
    effort: Hours(1),
    fix: Fix::Review("Offer TLS 1.2 or newer, and take the weak suites out of --tls-cipher-suites"),
    edit: Edit::By(offer_sound_tls),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("weak_api_server_tls.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        let old = |flag: &Flag<'_>| matches!(flag.value, "VersionTLS10" | "VersionTLS11");
        if let Some(flag) = server.flag("tls-min-version").filter(old) {
            let message = format!("{} is offered: TLS before 1.2 can be broken", flag.value);
            out.push(CHECK.at(&flag.place, message));
        }
        let suites = server.list("tls-cipher-suites");
        let weak: Vec<&Flag<'_>> = suites.iter().filter(|suite| is_weak(suite.value)).collect();
        if let Some(last) = weak.last() {
            let names: Vec<&str> = weak.iter().map(|suite| suite.value).collect();
            let message = format!("weak cipher suites are offered: {}", names.join(", "));
            out.push(CHECK.at(&last.place, message));
        }
    }
}

/// What Go counts among its insecure suites: broken ciphers, padding that tells, keys without
/// forward secrecy.
fn is_weak(suite: &str) -> bool {
    suite.starts_with("TLS_RSA_")
        || ["_RC4_", "_3DES_", "_CBC_SHA256"].iter().any(|part| suite.contains(part))
}

fn offer_sound_tls(flaw: &Flaw<'_>) -> Vec<Change> {
    if argument::value(flaw).is_some_and(|it| it.starts_with("VersionTLS")) {
        return argument::replace(flaw, "VersionTLS12");
    }
    argument::keep(flaw, |suite| !is_weak(suite))
}
