//! A Service that is an alias for the node, its cloud or the API server leads callers there.

use std::net::IpAddr;

use finding::{Confidence, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "external-name-service",
    title: "Service is an alias for something inside",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1552"), Owasp("K07")],
    effort: Hours(1),
    fix: Fix::Manual("Delete the Service, and let callers name what they mean"),
    cel: Cel::Widened(
        "!has(object.spec.type) || object.spec.type != 'ExternalName' \
         || !has(object.spec.externalName) \
         || !object.spec.externalName.matches('^(?i)(.*[.])?(localhost|internal|goog|\
           svc|svc[.]cluster[.]local|default|local|nip[.]io|sslip[.]io|xip[.]io|[0-9.]+|instance-data|metadata|\
           .*[.]internal)[.]?$')",
        "it denies each alias for an address or for a Service of the cluster",
    ),
    run,
    ..Check::on(Kinds::SERVICES, include_str!("external_name_service.md"))
};

/// Names at which clouds serve metadata.
const METADATA: &[&str] =
    &["instance-data", "instance-data.ec2.internal", "metadata", "metadata.google.internal"];

/// Services that turn a name that holds an address into that address.
const MIRRORS: &[&str] = &[".nip.io", ".sslip.io", ".xip.io"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for service in cx.inventory().of_any(Kinds::SERVICES) {
        let kind = service.get("spec.type").and_then(Node::as_str);
        let Some(name) = service.get("spec.externalName").filter(|_| kind == Some("ExternalName"))
        else {
            continue;
        };
        let text = name.text().trim_end_matches('.').to_ascii_lowercase();
        if let Some(what) = inside(&text) {
            let message = format!("the Service is an alias for {what}");
            out.push(CHECK.at(&Place::of(service, name), message));
        }
    }
}

fn inside(name: &str) -> Option<&'static str> {
    if name == "localhost" || name.ends_with(".localhost") {
        return Some("the caller itself");
    }
    if METADATA.contains(&name) {
        return Some("the cloud's metadata service");
    }
    let is_api = ["kubernetes.default", "kubernetes.default.svc"].contains(&name)
        || name.starts_with("kubernetes.default.svc.");
    if is_api {
        return Some("the API server");
    }
    let bare = MIRRORS.iter().find_map(|mirror| name.strip_suffix(mirror)).unwrap_or(name);
    match bare.parse().ok()? {
        IpAddr::V4(address) if address.is_loopback() => Some("the caller itself"),
        IpAddr::V4(address) if address.is_link_local() => Some("the cloud's metadata service"),
        _ => None,
    }
}
