//! A manifest that the API server no longer takes, or soon will not.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_history;

pub(crate) const CHECK: Check = Check {
    id: "removed-api",
    title: "Manifest uses a version of an API that is gone or going",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Upgrading), Owasp("K10")],
    peers: &[
        Peer::KubeLinter("no-extensions-v1beta"),
        Peer::KubeScore("stable-version"),
        Peer::Trivy("KSV-0107"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Write the object in the version that is served, field by field"),
    cel: Cel::Refused(
        "policies see each object in the version they ask for, not as it was written",
    ),
    run,
    ..Check::on(Kinds::ALL, include_str!("removed_api.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let target = cx.kubernetes().minor;
    for object in cx.inventory().objects() {
        let Some(old) = api_history::of(object).filter(|old| target >= old.deprecated) else {
            continue;
        };
        let is_gone = target >= old.removed;
        let state = if is_gone { "has been gone since" } else { "will be gone in" };
        let instead = old.instead.map(|it| format!("; {it} serves it")).unwrap_or_default();
        let (version, kind, removed) = (old.api_version, object.kind(), old.removed);
        let message = format!("{version} {kind} {state} 1.{removed}{instead}");
        let mut finding = CHECK.at(&object.place("apiVersion"), message);
        if !is_gone {
            finding.severity = Severity::Low;
        }
        out.push(finding);
    }
}
