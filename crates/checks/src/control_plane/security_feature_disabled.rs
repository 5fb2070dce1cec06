//! A gate that was set so that a guard of Kubernetes does not work.

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
    id: "security-feature-disabled",
    title: "A guard of Kubernetes is off by a feature gate",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1562"), Owasp("K09")],
    effort: Hours(4),
    fix: Fix::Review("Remove the gate from --feature-gates"),
    edit: Edit::By(|flaw| argument::keep(flaw, |it| !is_dangerous(it))),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("security_feature_disabled.md"))
};

/// Gates, the value that is dangerous, and what it means.
const GUARDS: &[(&str, bool, &str)] = &[
    ("AllBeta", false, "features that guard the cluster by default are off"),
    (
        "AllowInsecureKubeletCertificateSigningRequests",
        true,
        "a node may ask for a certificate in the name of another",
    ),
    ("AuthorizeNodeWithSelectors", false, "a node may list the pods of all nodes"),
    ("AuthorizeWithSelectors", false, "a node may list the pods of all nodes"),
    ("BoundServiceAccountTokenVolume", false, "tokens in pods never end"),
    ("LegacyServiceAccountTokenCleanUp", false, "tokens that nobody uses stay valid for ever"),
    (
        "LegacyServiceAccountTokenNoAutoGeneration",
        false,
        "each service account gets a token that never ends",
    ),
    ("PodSecurity", false, "the Pod Security labels of namespaces hold nobody"),
    (
        "ServiceAccountNodeAudienceRestriction",
        false,
        "a node may ask for tokens of its pods for any audience",
    ),
    (
        "ServiceAccountTokenNodeBindingValidation",
        false,
        "a token stays valid when the node that it is bound to is gone",
    ),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        for (name, value) in server.gates() {
            let guard =
                GUARDS.iter().find(|(gate, off, _)| *gate == name && value.as_bool() == Some(*off));
            if let Some((_, _, what)) = guard {
                let message = format!("{name}={}: {what}", value.value);
                out.push(CHECK.at(&value.place, message));
            }
        }
    }
}

/// Whether a gate, such as `AllBeta=false`, is one of those with its dangerous value.
fn is_dangerous(gate: &str) -> bool {
    let gate = gate.trim_start_matches("kube:").split_once('=');
    let is = |(name, off, _): &(&str, bool, &str)| {
        gate.is_some_and(|(own, value)| own == *name && truth(value) == Some(*off))
    };
    GUARDS.iter().any(is)
}
