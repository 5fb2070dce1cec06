//! A namespace whose label takes it from the policies of the cluster.

use finding::{Fix, Severity};
use model::{Kinds, Place, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Parameter, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "policy-exempt-namespace",
    title: "Namespace is exempt from the policies of the cluster",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    parameters: &[Parameter {
        name: "exempt-namespaces",
        default: &["gatekeeper-system", "kube-node-lease", "kube-public", "kube-system"],
        about: "Namespaces that may be exempt.",
    }],
    frameworks: &[Attack("T1562"), Nsa(check::Nsa::PodSecurity), Owasp("K04")],
    effort: Hours(4),
    fix: Fix::Review("Remove the label, and except what truly needs it from single policies"),
    edit: Edit::Remove,
    cel: Cel::Exact(
        "has(object.metadata.name) && object.metadata.name in \
           ['gatekeeper-system', 'kube-node-lease', 'kube-public', 'kube-system'] \
         || !has(object.metadata.labels) \
         || !('admission.gatekeeper.sh/ignore' in object.metadata.labels)",
    ),
    run,
    ..Check::on(Kinds::NAMESPACES, include_str!("policy_exempt_namespace.md"))
};

const IGNORE: &str = "admission.gatekeeper.sh/ignore";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let exempt = CHECK.words(cx, "exempt-namespaces");
    for namespace in cx.inventory().of(kinds::NAMESPACE) {
        let name = namespace.name();
        let label = namespace.get("metadata.labels").and_then(|labels| labels.get(IGNORE));
        if let Some(label) = label.filter(|_| !exempt.contains(&name)) {
            let message = format!("no policy of Gatekeeper is held against namespace {name}");
            out.push(CHECK.at(&Place::of(namespace, label), message));
        }
    }
}
