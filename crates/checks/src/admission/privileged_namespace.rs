//! A namespace whose label allows everything on purpose.

use finding::{Fix, Severity};
use model::{Kinds, Place, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Parameter, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::pod_security_level::{self, ENFORCE, SYSTEM_NAMESPACES};

pub(crate) const CHECK: Check = Check {
    id: "privileged-namespace",
    title: "Namespace enforces the privileged level",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    parameters: &[Parameter {
        name: "exempt-namespaces",
        default: SYSTEM_NAMESPACES,
        about: "Namespaces that may hold privileged pods.",
    }],
    frameworks: &[Attack("T1610"), Attack("T1611"), Nsa(check::Nsa::PodSecurity), Owasp("K04")],
    peers: pod_security_level::PEERS,
    effort: Hours(4),
    fix: Fix::Review(
        "Set the label to `baseline` or `restricted`, and move the pods that need more to a \
         namespace of their own",
    ),
    cel: Cel::Exact(
        "has(object.metadata.name) && object.metadata.name in \
           ['kube-node-lease', 'kube-public', 'kube-system'] \
         || !has(object.metadata.labels) \
         || !('pod-security.kubernetes.io/enforce' in object.metadata.labels) \
         || object.metadata.labels['pod-security.kubernetes.io/enforce'] != 'privileged'",
    ),
    run,
    ..Check::on(Kinds::NAMESPACES, include_str!("privileged_namespace.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let exempt = CHECK.words(cx, "exempt-namespaces");
    for namespace in cx.inventory().of(kinds::NAMESPACE) {
        let name = namespace.name();
        if exempt.contains(&name) || pod_security_level::enforced(namespace) != Some("privileged") {
            continue;
        }
        let label = namespace.get("metadata.labels").and_then(|labels| labels.get(ENFORCE));
        let place = Place::of(namespace, label.unwrap_or_else(|| namespace.root()));
        let message = format!("namespace {name} admits privileged pods on purpose");
        out.push(CHECK.at(&place, message));
    }
}
