//! A file that lets in whoever knows no name, on every path.

use finding::{Change, Fix, Severity};
use model::{Kinds, Node, Place, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::api_server::IS_A_FILE;

pub(crate) const CHECK: Check = Check {
    id: "anonymous-authentication-configuration",
    title: "Authentication file lets in requests without a name everywhere",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1190"), Cis("1.2.1"), Nsa(check::Nsa::Access), Owasp("K06")],
    peers: &[Peer::Kubescape("C-0113"), Peer::Kubescape("C-0262")],
    effort: Hours(1),
    fix: Fix::Review(
        "Give anonymous.conditions the paths of the health endpoints, or set enabled: false",
    ),
    edit: Edit::By(only_health),
    cel: Cel::Refused(IS_A_FILE),
    run,
    ..Check::on(
        Kinds::of(&[kinds::AUTHENTICATION_CONFIGURATION]),
        include_str!("anonymous_authentication_configuration.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of(kinds::AUTHENTICATION_CONFIGURATION) {
        let Some(enabled) = object.get("anonymous.enabled") else { continue };
        let conditions = object.get("anonymous.conditions").into_iter().flat_map(Node::items);
        if enabled.as_bool() == Some(true) && conditions.count() == 0 {
            let message = "anonymous requests are let in on every path";
            out.push(CHECK.at(&Place::of(object, enabled), message));
        }
    }
}

/// Where probes ask how the server is.
const HEALTH: &str = r#"[{"path":"/livez"},{"path":"/readyz"},{"path":"/healthz"}]"#;

fn only_health(flaw: &Flaw<'_>) -> Vec<Change> {
    vec![Change::set(flaw.beside("conditions"), HEALTH)]
}
