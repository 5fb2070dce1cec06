//! Profiles of the API server show what it works on.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "profiling-api-server",
    title: "API server offers profiles of itself",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1499"), Cis("1.2.15"), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_90"), Peer::Kubescape("C-0129"), Peer::Trivy("KCV-0018")],
    effort: Hours(1),
    fix: Fix::Review("Set --profiling=false"),
    edit: Edit::By(|flaw| argument::set(flaw, "profiling", "false")),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("profiling_api_server.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        if let Some((place, said)) = server.default_true("profiling") {
            let how = if said { "is true" } else { "is not set, which means true" };
            out.push(CHECK.at(&place, format!("profiling {how}: /debug/pprof is served")));
        }
    }
}
