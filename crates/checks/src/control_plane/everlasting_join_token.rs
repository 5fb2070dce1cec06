//! A token that lets machines join lives on in scripts and chats.

use finding::{Change, Fix, Severity};
use model::duration::milliseconds;
use model::kinds;
use model::tree::Node;
use model::{Kinds, Object, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};

pub(crate) const CHECK: Check = Check {
    id: "everlasting-join-token",
    title: "Token that lets machines join never ends",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1078"), Nsa(check::Nsa::Access), Owasp("K06")],
    effort: Hours(1),
    fix: Fix::Review("Let the token end within a day; make a new one when a node joins"),
    edit: Edit::By(end),
    cel: Cel::Widened(
        "object.kind != 'Secret' && (!has(object.bootstrapTokens) \
           || object.bootstrapTokens.all(t, !has(t.ttl) \
             || !(string(t.ttl) in ['0', '0s', '0h0m0s']))) \
         || object.kind == 'Secret' && (!has(object.type) \
           || object.type != 'bootstrap.kubernetes.io/token' \
           || has(object.data) && 'expiration' in object.data \
             && object.data['expiration'] != '' \
           || has(object.stringData) && 'expiration' in object.stringData \
             && object.stringData['expiration'] != '')",
        "it denies tokens that are not meant for logging in, too",
    ),
    run,
    ..Check::on(
        Kinds::of(&[kinds::INIT_CONFIGURATION, kinds::SECRET]),
        include_str!("everlasting_join_token.md"),
    )
};

const TYPE: &str = "bootstrap.kubernetes.io/token";
const MESSAGE: &str = "this token lets machines join for ever";

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for file in cx.inventory().of(kinds::INIT_CONFIGURATION) {
        let tokens = file.get("bootstrapTokens").into_iter().flat_map(Node::items);
        for ttl in tokens.filter_map(|token| token.get("ttl")) {
            if milliseconds(ttl.text()) == Some(0) {
                out.push(CHECK.at(&Place::of(file, ttl), MESSAGE));
            }
        }
    }
    for secret in cx.inventory().of(kinds::SECRET).filter(|secret| is_everlasting(secret)) {
        out.push(CHECK.at(&secret.place("type"), MESSAGE));
    }
}

fn is_everlasting(secret: &Object) -> bool {
    let value = |key| ["stringData", "data"].iter().find_map(|it| secret.get(it)?.get(key));
    let may_log_in = value("usage-bootstrap-authentication").map(Node::text);
    secret.get("type").and_then(Node::as_str) == Some(TYPE)
        && may_log_in.is_some_and(|it| ["true", TRUE].contains(&it))
        && value("expiration").is_none_or(|it| it.text().is_empty())
}

/// `true` in Base64.
const TRUE: &str = "dHJ1ZQ==";

/// When a token in a Secret is to end, its maker must say.
fn end(flaw: &Flaw<'_>) -> Vec<Change> {
    let is_in_file = flaw.object().is(Kinds::of(&[kinds::INIT_CONFIGURATION]));
    is_in_file.then(|| Change::set(flaw.path(), "\"24h0m0s\"")).into_iter().collect()
}
