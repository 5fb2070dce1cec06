//! Annotations of an ingress that switch off the guard they are named after.

use finding::{Change, Confidence, Fix, Severity};
use model::tree::Node;
use model::{Object, Place};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::ingress;
use crate::reading::json;

pub(crate) const CHECK: Check = Check {
    id: "dangerous-ingress-annotation",
    title: "Ingress annotation undoes the guard it names",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1190"), Owasp("K09")],
    effort: Hours(2),
    fix: Fix::Review("Correct the annotation so that it guards, or delete it"),
    edit: Edit::By(guard),
    cel: Cel::Refused("it would have to read address ranges and addresses out of annotations"),
    run,
    ..Check::on(ingress::KINDS, include_str!("dangerous_ingress_annotation.md"))
};

/// The end of an annotation's key, what makes its value dangerous, and why.
type Danger = (&'static str, fn(&str) -> bool, &'static str);

const DANGERS: &[Danger] = &[
    ("/whitelist-source-range", holds_everybody, "the list of allowed addresses holds all"),
    ("/allowlist-source-range", holds_everybody, "the list of allowed addresses holds all"),
    (
        "/auth-tls-verify-client",
        any_certificate,
        "clients need no certificate of a known authority",
    ),
    ("/auth-url", is_plain, "who calls is asked over plain HTTP, outside the cluster"),
    ("/auth-signin", is_plain, "readers are sent to sign in over plain HTTP"),
    ("/proxy-ssl-verify", is_off, "the certificate of the pods is not verified"),
    ("/permanent-redirect", is_callers_choice, "the caller chooses where he is redirected to"),
    ("/temporal-redirect", is_callers_choice, "the caller chooses where he is redirected to"),
];

/// Whose annotations these are.
const PREFIXES: &[&str] = &["nginx.ingress.kubernetes.io", "ingress.kubernetes.io"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for own in cx.inventory().of_any(ingress::KINDS) {
        let annotations = own.get("metadata.annotations").into_iter().flat_map(Node::entries);
        for (node, why) in annotations.filter_map(|entry| Some((entry, judge(own, entry)?))) {
            out.push(CHECK.at(&Place::of(own, node), why));
        }
    }
}

fn judge(own: &Object, entry: Node<'_>) -> Option<&'static str> {
    let name = PREFIXES.iter().find_map(|prefix| entry.key().strip_prefix(prefix))?;
    let (_, _, why) = DANGERS.iter().find(|(end, is_dangerous, _)| {
        let known = *end == name && is_dangerous(entry.text());
        known && (*end != "/proxy-ssl-verify" || asks_for_verification(own))
    })?;
    Some(why)
}

/// Off is the default, so that saying it means something only beside an authority.
fn asks_for_verification(own: &Object) -> bool {
    own.annotation("nginx.ingress.kubernetes.io/proxy-ssl-secret").is_some()
}

fn holds_everybody(value: &str) -> bool {
    value.split(',').any(|range| range.trim().ends_with("/0"))
}

fn any_certificate(value: &str) -> bool {
    matches!(value.trim(), "off" | "optional_no_ca")
}

fn is_off(value: &str) -> bool {
    value.trim() == "off"
}

/// Inside the cluster a Service is called by its name, most often without TLS.
fn is_plain(value: &str) -> bool {
    let Some(rest) = value.trim().strip_prefix("http://") else { return false };
    let host = rest.split(['/', ':', '?']).next().unwrap_or_default();
    let inside = host.split('.').skip(1).any(|part| part == "svc") || !host.contains('.');
    !inside && host.parse::<std::net::IpAddr>().is_err()
}

/// Variables of NGINX that hold what the caller sent.
fn is_callers_choice(value: &str) -> bool {
    let host = value.trim().split("://").last().unwrap_or_default();
    let host = host.split(['/', '?']).next().unwrap_or_default();
    host.contains("$arg_") || host.contains("$args") || host.contains("$http_x")
}

/// Whom to admit and where to lead, a person must say.
fn guard(flaw: &Flaw<'_>) -> Vec<Change> {
    let Some(annotation) = flaw.node() else { return Vec::new() };
    let end = annotation.key().rsplit('/').next().unwrap_or_default();
    let rest = annotation.text().trim().strip_prefix("http://");
    let rest = rest.filter(|it| !it.split('/').next().unwrap_or_default().contains(':'));
    let value = match (end, rest) {
        ("auth-tls-verify-client" | "proxy-ssl-verify", _) => "on".to_owned(),
        ("auth-url" | "auth-signin", Some(rest)) => format!("https://{rest}"),
        _ => return Vec::new(),
    };
    vec![Change::set(flaw.path(), json::text(&value))]
}
