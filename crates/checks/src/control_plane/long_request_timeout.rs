//! Requests that may last for long hold the server for long.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::check::Framework::{Attack, Cis, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

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
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("long_request_timeout.md"))
};

/// Seconds.
const LONGEST: u64 = 300;

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        let Some(flag) = server.flag("request-timeout") else { continue };
        if seconds(flag.value).is_some_and(|seconds| seconds > LONGEST) {
            let message = format!("a request may take {}", flag.value);
            out.push(CHECK.at(&flag.place, message));
        }
    }
}

/// A duration as Go writes it, such as `1h30m`, in whole seconds.
fn seconds(text: &str) -> Option<u64> {
    let mut rest = text;
    let mut total = 0_u64;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, behind) = rest.split_at(digits);
        let letters = behind.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(behind.len());
        let (unit, next) = behind.split_at(letters);
        let whole: u64 = number.split('.').next()?.parse().ok()?;
        let factor = match unit {
            "h" => 3600,
            "m" => 60,
            "s" => 1,
            _ => 0,
        };
        total = total.saturating_add(whole.saturating_mul(factor));
        rest = next;
    }
    Some(total)
}
