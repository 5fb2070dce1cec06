//! Whoever holds a bootstrap token may join a node; one without an end lets them for ever.

use finding::{Change, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};

pub(crate) const CHECK: Check = Check {
    id: "lasting-bootstrap-token",
    title: "Bootstrap token never expires",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Nsa(check::Nsa::Access), Owasp("K06")],
    effort: Hours(1),
    fix: Fix::Review("Give the token a day, and make a new one for each new node"),
    edit: Edit::By(mend),
    cel: Cel::Exact(
        "(!has(object.type) || object.type != 'bootstrap.kubernetes.io/token' \
         || has(object.data) && 'expiration' in object.data \
         || has(object.stringData) && 'expiration' in object.stringData) \
         && (!has(object.bootstrapTokens) || object.bootstrapTokens.all(t, \
         !has(t.ttl) || !t.ttl.matches('^(0+(h|m|s|ms)?)+$')))",
    ),
    run,
    ..Check::on(
        Kinds::of(&[kinds::SECRET, kinds::INIT_CONFIGURATION]),
        include_str!("lasting_bootstrap_token.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of(kinds::SECRET) {
        let of_type = object.get("type").and_then(Node::as_str);
        let ends = ["data", "stringData"]
            .iter()
            .any(|field| object.get(field).is_some_and(|it| it.get("expiration").is_some()));
        if of_type == Some("bootstrap.kubernetes.io/token") && !ends {
            let message = format!("bootstrap token {} has no expiration", object.name());
            out.push(CHECK.at(&object.place("type"), message));
        }
    }
    for object in cx.inventory().of(kinds::INIT_CONFIGURATION) {
        let tokens = object.get("bootstrapTokens").into_iter().flat_map(Node::items);
        for lifetime in tokens.filter_map(|token| token.get("ttl")).filter(|it| is_endless(*it)) {
            let message = "kubeadm is told to make a bootstrap token without an end";
            out.push(CHECK.at(&Place::of(object, lifetime), message));
        }
    }
}

/// `0`, `0s` or `0h0m0s`: what kubeadm takes for no end.
fn is_endless(lifetime: Node<'_>) -> bool {
    let Some(text) = lifetime.as_text() else { return false };
    text.starts_with('0') && text.chars().all(|c| c == '0' || "hms".contains(c))
}

/// A day, as kubeadm itself gives; when a token in a Secret ends, depends on today.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let is_setting = flaw.path().starts_with("bootstrapTokens");
    is_setting.then(|| Change::set(flaw.path(), "\"24h0m0s\"")).into_iter().collect()
}
