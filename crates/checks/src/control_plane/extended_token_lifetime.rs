//! Tokens that say an hour and last a year.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "extended-token-lifetime",
    title: "Tokens of pods last a year",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1528"), Nsa(check::Nsa::Access), Owasp("K06")],
    peers: &[Peer::Kubescape("C-0290")],
    effort: Hours(4),
    fix: Fix::Review(
        "Set --service-account-extend-token-expiration=false, once no client keeps old tokens",
    ),
    edit: Edit::By(|flaw| argument::set(flaw, "service-account-extend-token-expiration", "false")),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("extended_token_lifetime.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx).filter(|server| server.minor >= 21) {
        if let Some((place, said)) = server.default_true("service-account-extend-token-expiration")
        {
            let how = if said { "is true" } else { "is not set, which means true" };
            let message = format!(
                "service-account-extend-token-expiration {how}: tokens of pods last a year"
            );
            out.push(CHECK.at(&place, message));
        }
    }
}
