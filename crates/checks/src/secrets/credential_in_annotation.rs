//! Annotations are shown to everybody who may see that the object exists.

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, Workload};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::credential::Names;

pub(crate) const CHECK: Check = Check {
    id: "credential-in-annotation",
    title: "Annotation holds a credential",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Attack("T1552.001"), Nsa(check::Nsa::Network), Owasp("K08")],
    peers: &[Peer::Kubescape("C-0012")],
    effort: Hours(2),
    fix: Fix::Manual("Replace the credential by a new one and name a Secret in the annotation"),
    cel: Cel::Refused("a credential shows by its form or by its place in a text of any kind"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("credential_in_annotation.md"))
};

/// The manifest as it was applied: what it holds is found in the object itself.
const APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let names = Names::with(&[]);
    for workload in cx.workloads() {
        for annotation in annotations(workload).filter(|it| it.key() != APPLIED) {
            let Some(what) = annotation.as_str().and_then(|text| names.shown_by(text)) else {
                continue;
            };
            let key = annotation.key();
            let who = match names.found_in(key) {
                None => format!("annotation {key}"),
                Some(_) => "one annotation".to_owned(),
            };
            let place = Place::of(workload.object(), annotation);
            out.push(CHECK.at(&place, format!("{who} holds {what}")));
        }
    }
}

/// Those of the object and, where that is another place, those of its pods.
fn annotations(workload: Workload<'_>) -> impl Iterator<Item = Node<'_>> {
    let own = workload.object().get("metadata.annotations");
    let pods = workload.annotations();
    let pods = pods.filter(|pods| own.map(Node::index) != Some(pods.index()));
    own.into_iter().chain(pods).flat_map(Node::entries)
}
