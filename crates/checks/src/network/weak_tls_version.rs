//! A controller that is told to speak TLS 1.0 or 1.1 speaks what is broken.

use finding::{Change, Confidence, Fix, Severity};
use model::kinds::{Kind, namespaced};
use model::tree::Node;
use model::{Kinds, Object, Place, kinds};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::json;

pub(crate) const CHECK: Check = Check {
    id: "weak-tls-version",
    title: "Outdated version of TLS is offered",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Network), Owasp("K09")],
    effort: Hours(2),
    fix: Fix::Review("Offer TLS 1.2 and 1.3 only"),
    edit: Edit::By(offer_sound_tls),
    cel: Cel::Refused("it would have to read lists of versions out of annotations and settings"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::CONFIG_MAP, kinds::INGRESS, kinds::SERVICE, TLS_OPTION]),
        include_str!("weak_tls_version.md"),
    )
};

const TLS_OPTION: Kind = namespaced("traefik.io", "TLSOption", "tlsoptions");

/// Annotations of the load balancers of AWS, whose value is a named policy.
const POLICIES: &[&str] = &[
    "alb.ingress.kubernetes.io/ssl-policy",
    "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy",
];

/// The named policies that offer TLS 1.0 or 1.1.
const WEAK_POLICIES: &[&str] = &[
    "ELBSecurityPolicy-2011-08",
    "ELBSecurityPolicy-2014-01",
    "ELBSecurityPolicy-2014-10",
    "ELBSecurityPolicy-2015-02",
    "ELBSecurityPolicy-2015-03",
    "ELBSecurityPolicy-2015-05",
    "ELBSecurityPolicy-2016-08",
    "ELBSecurityPolicy-FS-1-1-2019-08",
    "ELBSecurityPolicy-FS-2018-06",
    "ELBSecurityPolicy-TLS-1-0-2015-04",
    "ELBSecurityPolicy-TLS-1-1-2017-01",
    "ELBSecurityPolicy-TLS13-1-0-2021-06",
    "ELBSecurityPolicy-TLS13-1-1-2021-06",
];

/// What NGINX and Traefik call the versions that are broken.
const WEAK: &[&str] =
    &["SSLv2", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1", "VersionTLS10", "VersionTLS11"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of_any(CHECK.kinds) {
        for node in settings(object) {
            let text = node.text();
            let mut words = text.split([' ', ',', ';']).map(str::trim);
            if let Some(word) = words.find(|it| WEAK.contains(it) || WEAK_POLICIES.contains(it)) {
                let message = format!("{word} offers a version of TLS that is broken");
                out.push(CHECK.at(&Place::of(object, node), message));
            }
        }
    }
}

/// The values that name versions or policies.
fn settings(object: &Object) -> Vec<Node<'_>> {
    let entry = |path: &str, key: &str| object.get(path).and_then(|map| map.get(key));
    match object.kind() {
        "ConfigMap" => entry("data", "ssl-protocols").into_iter().collect(),
        "TLSOption" => object.get("spec.minVersion").into_iter().collect(),
        _ => POLICIES.iter().filter_map(|key| object.annotation(key)).collect(),
    }
}

fn offer_sound_tls(flaw: &Flaw<'_>) -> Vec<Change> {
    let Some(node) = flaw.node() else { return Vec::new() };
    let sound = match (flaw.object().kind(), node.key()) {
        ("ConfigMap", _) => {
            let sound = node.text().split_whitespace().filter(|it| !WEAK.contains(it));
            let sound = sound.collect::<Vec<_>>().join(" ");
            if sound.is_empty() { "TLSv1.2 TLSv1.3".to_owned() } else { sound }
        }
        ("TLSOption", _) => "VersionTLS12".to_owned(),
        (_, key) if key.starts_with("alb.") => "ELBSecurityPolicy-TLS13-1-2-2021-06".to_owned(),
        _ => "ELBSecurityPolicy-TLS-1-2-2017-01".to_owned(),
    };
    vec![Change::set(flaw.path(), json::text(&sound))]
}
