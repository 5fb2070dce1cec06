//! An answer that is remembered longer than it is true.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "long-authentication-cache",
    title: "Answers about users are remembered for long",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Nsa(check::Nsa::Access), Owasp("K06")],
    effort: Hours(1),
    fix: Fix::Review("Set the caches of webhooks to ten minutes at most"),
    edit: Edit::By(|flaw| argument::replace(flaw, "10m")),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("long_authentication_cache.md"))
};

/// How long answers of webhooks are remembered.
const CACHES: [&str; 2] =
    ["authentication-token-webhook-cache-ttl", "authorization-webhook-cache-authorized-ttl"];

/// Seconds.
const LONGEST: u64 = 600;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        for flag in CACHES.iter().filter_map(|name| server.flag(name)) {
            if flag.as_seconds().is_some_and(|seconds| seconds > LONGEST) {
                let message = format!(
                    "a yes of the webhook holds for {}, whatever was taken back",
                    flag.value
                );
                out.push(CHECK.at(&flag.place, message));
            }
        }
    }
}
