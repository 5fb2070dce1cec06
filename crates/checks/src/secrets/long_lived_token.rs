//! A token in a Secret never expires and belongs to no pod.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "long-lived-token",
    title: "Secret holds a token that never expires",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1528"), Nsa(check::Nsa::Access), Owasp("K06")],
    effort: Hours(4),
    fix: Fix::Review("Remove the Secret and ask for tokens that expire, bound to a pod"),
    cel: Cel::Exact("!has(object.type) || object.type != 'kubernetes.io/service-account-token'"),
    run,
    ..Check::on(Kinds::of(&[kinds::SECRET]), include_str!("long_lived_token.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of(kinds::SECRET) {
        let of_type = object.get("type").and_then(Node::as_str);
        if of_type != Some("kubernetes.io/service-account-token") {
            continue;
        }
        let account = object.annotation("kubernetes.io/service-account.name");
        let account = account.and_then(Node::as_text).unwrap_or("(no name)");
        let (name, namespace) = (object.name(), object.namespace());
        let message = format!(
            "Secret {name} gets a token of service account {namespace}/{account}, and it never \
             expires"
        );
        out.push(CHECK.at(&object.place("type"), message));
    }
}
