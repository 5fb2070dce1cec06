//! An audit backend without a policy gets no event.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "audit-policy-missing",
    title: "Audit log is set up and records nothing",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1562"), Cis("3.2.1"), Nsa(check::Nsa::Logging), Owasp("K05")],
    effort: Hours(4),
    fix: Fix::Review("Set --audit-policy-file to a policy that records what matters"),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("audit_policy_missing.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx).filter(|server| server.lacks("audit-policy-file")) {
        let backends = ["audit-log-path", "audit-webhook-config-file"];
        if let Some(backend) = backends.into_iter().find_map(|name| server.flag(name)) {
            let message = "an audit log without audit-policy-file records nothing";
            out.push(CHECK.at(&backend.place, message));
        }
    }
}
