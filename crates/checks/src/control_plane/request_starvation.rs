//! One client that asks too much keeps all others out.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "request-starvation",
    title: "One client may take up the whole API server",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1499"), Owasp("K09")],
    effort: Hours(1),
    fix: Fix::Review("Remove --enable-priority-and-fairness=false"),
    edit: Edit::By(argument::remove),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("request_starvation.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx).filter(|server| server.minor >= 20) {
        if let Some(place) = server.off("enable-priority-and-fairness") {
            let message = "enable-priority-and-fairness is false: one client may take all places";
            out.push(CHECK.at(&place, message));
        }
    }
}
