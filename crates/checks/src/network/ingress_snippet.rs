//! Raw configuration in an annotation makes whoever writes an ingress an operator of the controller.

use finding::{Confidence, Fix, Severity};
use model::Place;

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::ingress;

pub(crate) const CHECK: Check = Check {
    id: "ingress-snippet",
    title: "Ingress carries raw configuration for its controller",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1190"), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_153"), Peer::Kubescape("C-0059")],
    effort: Hours(4),
    fix: Fix::Review("Replace the snippet by the annotation or setting made for its purpose"),
    cel: Cel::Exact(
        "!has(object.metadata.annotations) || object.metadata.annotations.all(key, \
           !((key.startsWith('nginx.ingress.kubernetes.io/') || key.startsWith('nginx.org/')) \
             && (key.endsWith('-snippet') || key.endsWith('-snippets'))))",
    ),
    run,
    ..Check::on(ingress::KINDS, include_str!("ingress_snippet.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for own in cx.inventory().of_any(ingress::KINDS) {
        for snippet in ingress::snippets(own) {
            let name = snippet.key().rsplit('/').next().unwrap_or_default();
            let message = format!("{name} puts raw configuration into the controller's own");
            out.push(CHECK.at(&Place::of(own, snippet), message));
        }
    }
}
