//! A policy of the mesh that allows everybody.

use finding::{Fix, Severity};
use model::kinds::{self, Kind, namespaced};
use model::tree::{Node, Type};
use model::{Kinds, Object, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::istio::AUTHORIZATION_POLICY;

pub(crate) const CHECK: Check = Check {
    id: "open-mesh-policy",
    title: "Policy of the mesh allows everybody",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1210"), Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(4),
    fix: Fix::Review("Name the callers: their accounts, namespaces or services"),
    cel: Cel::Refused("each mesh says it in fields of its own, and one expression serves one kind"),
    run,
    ..Check::on(JUDGED, include_str!("open_mesh_policy.md"))
};

const LINKERD: &str = "policy.linkerd.io";
const SERVER: Kind = namespaced(LINKERD, "Server", "servers");
const SERVER_AUTHORIZATION: Kind =
    namespaced(LINKERD, "ServerAuthorization", "serverauthorizations");
const INTENTIONS: Kind =
    namespaced("consul.hashicorp.com", "ServiceIntentions", "serviceintentions");
const LINKERD_DEFAULT: &str = "config.linkerd.io/default-inbound-policy";

const JUDGED: Kinds =
    Kinds::of(&[AUTHORIZATION_POLICY, SERVER, SERVER_AUTHORIZATION, INTENTIONS, kinds::NAMESPACE]);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of_any(JUDGED) {
        let found = match object.kind() {
            "AuthorizationPolicy" => of_istio(object),
            "Server" => object.get("spec.accessPolicy").filter(|it| is_open_default(*it)),
            "ServerAuthorization" => {
                let field = object.get("spec.client.unauthenticated");
                field.filter(|it| it.as_bool() == Some(true))
            }
            "ServiceIntentions" => of_consul(object),
            _ => object.annotation(LINKERD_DEFAULT).filter(|it| is_open_default(*it)),
        };
        if let Some(node) = found {
            let message = format!("the {} {} allows everybody", object.kind(), object.name());
            out.push(CHECK.at(&Place::of(object, node), message));
        }
    }
    for workload in cx.workloads() {
        let own = workload.annotations().and_then(|annotations| annotations.get(LINKERD_DEFAULT));
        if let Some(node) = own.filter(|it| is_open_default(*it)) {
            let object = workload.object();
            let message = format!("the {} {} lets everybody in", object.kind(), object.name());
            out.push(CHECK.at(&Place::of(object, node), message));
        }
    }
}

fn is_open_default(node: Node<'_>) -> bool {
    node.as_str() == Some("all-unauthenticated")
}

/// A rule that asks for nothing matches every request, and so does one that asks for any address.
fn of_istio(policy: &Object) -> Option<Node<'_>> {
    let action = policy.get("spec.action").and_then(Node::as_text).unwrap_or("ALLOW");
    if action != "ALLOW" {
        return None;
    }
    let mut rules = policy.get("spec.rules").into_iter().flat_map(Node::items);
    rules.find(|rule| {
        let asks = |key: &str| rule.get(key).is_some_and(|it| it.items().next().is_some());
        rule.kind() == Type::Map
            && !asks("to")
            && !asks("when")
            && (!asks("from") || rule.get("from").is_some_and(|from| from.items().any(is_anybody)))
    })
}

fn is_anybody(from: Node<'_>) -> bool {
    let Some(source) = from.get("source") else { return false };
    let mut fields = source.entries().filter(|it| it.items().next().is_some());
    let Some(only) = fields.next().filter(|_| fields.next().is_none()) else { return false };
    let mut ranges = only.strings();
    matches!(only.key(), "ipBlocks" | "remoteIpBlocks")
        && ranges.any(|it| matches!(it, "0.0.0.0/0" | "::/0"))
}

/// A source of any name that is allowed without looking at the request.
fn of_consul(intentions: &Object) -> Option<Node<'_>> {
    let mut sources = intentions.get("spec.sources").into_iter().flat_map(Node::items);
    sources.find(|source| {
        let text = |key: &str| source.get(key).and_then(Node::as_str);
        text("name") == Some("*") && text("action") == Some("allow")
    })
}
