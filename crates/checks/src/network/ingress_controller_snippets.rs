//! A controller that accepts snippets lends its rights to whoever may write an ingress.

use finding::{Confidence, Fix, Severity};
use model::{Kinds, Place, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "ingress-controller-snippets",
    title: "Ingress controller accepts raw configuration from ingresses",
    severity: Severity::High,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1190"), Attack("T1552"), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_152"), Peer::Checkov("CKV_K8S_154"), Peer::Kubescape("C-0059")],
    effort: Hours(4),
    fix: Fix::Review("Set `allow-snippet-annotations` to \"false\" or delete it"),
    edit: Edit::Set("\"false\""),
    cel: Cel::Exact(
        "!has(object.data) || !('allow-snippet-annotations' in object.data) \
         || object.data['allow-snippet-annotations'] != 'true'",
    ),
    run,
    ..Check::on(Kinds::of(&[kinds::CONFIG_MAP]), include_str!("ingress_controller_snippets.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for map in cx.inventory().of(kinds::CONFIG_MAP) {
        let allowed = map.get("data").and_then(|data| data.get("allow-snippet-annotations"));
        if let Some(node) = allowed.filter(|it| it.as_str() == Some("true")) {
            let message = "whoever may write an ingress may write the controller's configuration";
            out.push(CHECK.at(&Place::of(map, node), message));
        }
    }
}
