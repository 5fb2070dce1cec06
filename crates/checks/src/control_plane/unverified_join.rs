//! A machine that joins without verifying the cluster joins whoever answers.

use finding::{Fix, Severity};
use model::Kinds;
use model::kinds;
use model::tree::Node;

use crate::check::Framework::{Attack, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::component_flag::NO_TWIN_OF_A_FILE;

pub(crate) const CHECK: Check = Check {
    id: "unverified-join",
    title: "Machine joins a cluster it does not verify",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1557"), Nsa(check::Nsa::Network)],
    effort: Hours(1),
    fix: Fix::Review("List the hash of the CA in `caCertHashes`"),
    cel: NO_TWIN_OF_A_FILE,
    run,
    ..Check::on(Kinds::of(&[kinds::JOIN_CONFIGURATION]), include_str!("unverified_join.md"))
};

const PATH: &str = "discovery.bootstrapToken";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for file in cx.inventory().of(kinds::JOIN_CONFIGURATION) {
        let Some(token) = file.get(PATH) else { continue };
        let skips = token.get("unsafeSkipCAVerification").and_then(Node::as_bool) == Some(true);
        let pins = token.get("caCertHashes").is_some_and(|it| it.items().next().is_some());
        if skips && !pins {
            let place = file.place("discovery.bootstrapToken.unsafeSkipCAVerification");
            out.push(CHECK.at(&place, "this machine joins whichever cluster answers"));
        }
    }
}
