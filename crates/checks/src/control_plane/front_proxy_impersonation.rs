//! Whoever has any certificate of the cluster may say who they are.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "front-proxy-impersonation",
    title: "Any client certificate may speak in the name of others",
    severity: Severity::Critical,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Nsa(check::Nsa::Access), Owasp("K06")],
    effort: Hours(2),
    fix: Fix::Review(
        "Set --requestheader-allowed-names, and give the front proxy an authority of its own",
    ),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("front_proxy_impersonation.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        let Some(front) = server.flag("requestheader-client-ca-file") else { continue };
        let same =
            server.flag("client-ca-file").is_some_and(|clients| clients.value == front.value);
        // No header tells a name where none is named.
        let names = server.flag("requestheader-username-headers").is_some();
        if same && names && server.lacks("requestheader-allowed-names") {
            let message =
                "every client certificate may name another user in a header, and is believed";
            out.push(CHECK.at(&front.place, message));
        }
    }
}
