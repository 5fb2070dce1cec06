//! Events are cheap to write and fill the database.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "unlimited-event-rate",
    title: "Anybody may flood the cluster with events",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1499"), Cis("1.2.9"), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_78"), Peer::Kubescape("C-0121"), Peer::Trivy("KCV-0010")],
    effort: Hours(4),
    fix: Fix::Review(
        "Add EventRateLimit to --enable-admission-plugins, with limits in its configuration",
    ),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("unlimited_event_rate.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        if let Some(place) = server.lacks_plugin("EventRateLimit") {
            let message = "EventRateLimit is not run: events may be written without a limit";
            out.push(CHECK.at(&place, message));
        }
    }
}
