//! An ingress without TLS sends passwords and cookies in the clear.

use finding::{Confidence, Fix, Severity};
use model::Object;
use model::tree::Node;

use crate::check::Framework::Nsa;
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::ingress;

pub(crate) const CHECK: Check = Check {
    id: "ingress-without-tls",
    title: "Ingress serves hosts without TLS",
    severity: Severity::Medium,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Network)],
    peers: &[Peer::Kubescape("C-0263"), Peer::Polaris("tlsSettingsMissing")],
    effort: Hours(2),
    fix: Fix::Review("Add the hosts to `spec.tls` with the Secret of their certificate"),
    cel: Cel::Widened(
        "has(object.spec.tls) && object.spec.tls.size() > 0 \
         && (object.spec.tls.exists(it, !has(it.hosts) || it.hosts.size() == 0) \
           || !has(object.spec.rules) || object.spec.rules.all(rule, !has(rule.host) \
             || rule.host == '' || object.spec.tls.exists(it, rule.host in it.hosts)))",
        "it knows no wildcards, nor the annotations and classes by which controllers serve TLS",
    ),
    run,
    ..Check::on(ingress::KINDS, include_str!("ingress_without_tls.md"))
};

/// Annotations by which a controller serves TLS without `spec.tls`; the value must hold the word.
const ELSEWHERE: &[(&str, &str)] = &[
    ("alb.ingress.kubernetes.io/certificate-arn", ""),
    ("alb.ingress.kubernetes.io/listen-ports", "HTTPS"),
    ("alb.ingress.kubernetes.io/scheme", "internal"),
    ("appgw.ingress.kubernetes.io/appgw-ssl-certificate", ""),
    ("ingress.gcp.kubernetes.io/pre-shared-cert", ""),
    ("konghq.com/protocols", "https"),
    ("kubernetes.azure.com/tls-cert-keyvault-uri", ""),
    ("networking.gke.io/managed-certificates", ""),
    ("networking.gke.io/certmap", ""),
    // The redirect without a certificate is for TLS that ends in front of the controller.
    ("nginx.ingress.kubernetes.io/force-ssl-redirect", "true"),
    ("nginx.ingress.kubernetes.io/ssl-passthrough", "true"),
    ("route.openshift.io/termination", ""),
    ("traefik.ingress.kubernetes.io/router.entrypoints", "websecure"),
    ("traefik.ingress.kubernetes.io/router.tls", "true"),
];

/// Classes that end TLS before the cluster, or serve it for every host.
const CLASSES: &[&str] = &["cloudflare-tunnel", "ngrok", "tailscale"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for own in cx.inventory().of_any(ingress::KINDS) {
        let has_rules = ingress::backends(own).next().is_some();
        if !has_rules || ingress::is_solver(own) || is_served_elsewhere(own) {
            continue;
        }
        let lists = own.get("spec.tls").into_iter().flat_map(Node::items);
        let lists: Vec<Node<'_>> = lists.collect();
        if lists.is_empty() {
            let message = "the ingress serves plain HTTP only: it has no tls";
            out.push(CHECK.at(&own.place("spec.tls"), message));
        } else if let Some(message) = uncovered(own, &lists) {
            out.push(CHECK.at(&own.place("spec.tls"), message));
        }
    }
}

fn is_served_elsewhere(own: &Object) -> bool {
    let says = |(key, word): &(&str, &str)| {
        let value = own.annotation(key).and_then(Node::as_text);

        value.is_some_and(|value| value.contains(word))
    };
    ELSEWHERE.iter().any(says) || ingress::class(own).is_some_and(|it| CLASSES.contains(&it))
}

/// Hosts that no item of `tls` names. An item without hosts stands for all of them.
fn uncovered(own: &Object, lists: &[Node<'_>]) -> Option<String> {
    let hosts = lists.iter().map(|list| list.get("hosts").into_iter().flat_map(Node::strings));
    let covered: Vec<Vec<&str>> = hosts.map(Iterator::collect).collect();
    if covered.iter().any(Vec::is_empty) {
        return None;
    }
    let is_open = |host: &&str| !covered.iter().flatten().any(|known| covers(known, host));
    let own = ingress::rules(own).filter_map(|rule| rule.get("host")?.as_text());
    let open: Vec<&str> = own.filter(is_open).collect();
    let message = || format!("no item of tls names {}, served in plain HTTP", open.join(", "));
    (!open.is_empty()).then(message)
}

/// A wildcard covers one label.
fn covers(known: &str, host: &str) -> bool {
    let behind = |name: &str| name.split_once('.').map(|(_, rest)| rest.to_owned());
    let wildcard = known.starts_with("*.") && behind(known) == behind(host);
    wildcard || known.eq_ignore_ascii_case(host)
}
