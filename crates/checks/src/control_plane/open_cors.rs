//! Web pages of others may talk to the API server in the name of their visitor.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "open-cors",
    title: "Web pages from elsewhere may use the API server",
    severity: Severity::Medium,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1190"), Nsa(check::Nsa::Network), Owasp("K09")],
    effort: Hours(1),
    fix: Fix::Review("Write each allowed origin in full, from ^ to $"),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("open_cors.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        for origin in server.list("cors-allowed-origins").iter().filter(|it| is_open(it.value)) {
            let message = format!("the origin {:?} fits pages that others can serve", origin.value);
            out.push(CHECK.at(&origin.place, message));
        }
    }
}

/// Whether an expression fits origins that merely begin or end like the one that is meant, or any.
fn is_open(pattern: &str) -> bool {
    let ends = ["$", "$)"].iter().any(|end| pattern.ends_with(end));
    let begins = pattern.starts_with('^') || pattern.starts_with("//");
    let host = pattern.rsplit("//").next().unwrap_or(pattern);
    let host = host.trim_start_matches('^').trim_end_matches('$');
    !ends || !begins || matches!(host, "" | "*" | ".*" | ".+" | "(.*)" | "(.+)" | "[^/]+")
}
