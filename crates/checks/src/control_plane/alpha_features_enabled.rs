//! All that is unfinished, at once, in the middle of the cluster.

use finding::{Fix, Severity};
use model::component::truth;
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "alpha-features-enabled",
    title: "API server runs all that is in alpha",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1190"), Owasp("K09")],
    effort: Hours(4),
    fix: Fix::Review("Take out what stands for all; name the features and APIs that are needed"),
    edit: Edit::By(|flaw| argument::keep(flaw, |it| !is_for_all(it))),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("alpha_features_enabled.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        for (name, value) in server.gates() {
            if name == "AllAlpha" && value.as_bool() == Some(true) {
                let message =
                    "AllAlpha=true: every unfinished feature is on, and each update adds some";
                out.push(CHECK.at(&value.place, message));
            }
        }
        for api in server.list("runtime-config") {
            if let "api/all=true" | "api/alpha=true" | "api/all" | "api/alpha" = api.value {
                let message = format!("{}: every unfinished API is served", api.value);
                out.push(CHECK.at(&api.place, message));
            }
        }
    }
}

/// Whether a value turns on all that is unfinished.
fn is_for_all(value: &str) -> bool {
    let gate = value.trim_start_matches("kube:").strip_prefix("AllAlpha=");
    let is_api = matches!(value, "api/all=true" | "api/alpha=true" | "api/all" | "api/alpha");
    is_api || gate.and_then(truth) == Some(true)
}
