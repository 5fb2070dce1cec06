//! Requests that may last for long hold the server for long.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "long-request-timeout",
    title: "API server lets requests take very long",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1499"), Cis("1.2.20"), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_95"), Peer::Kubescape("C-0134")],
    effort: Hours(1),
    fix: Fix::Review("Set --request-timeout to five minutes at most"),
    edit: Edit::By(|flaw| argument::replace(flaw, "5m")),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("long_request_timeout.md"))
};

/// Seconds.
const LONGEST: u64 = 300;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        let Some(flag) = server.flag("request-timeout") else { continue };
        if flag.as_seconds().is_some_and(|seconds| seconds > LONGEST) {
            let message = format!("a request may take {}", flag.value);
            out.push(CHECK.at(&flag.place, message));
        }
    }
}
