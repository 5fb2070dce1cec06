//! An ingress with a certificate that still answers in plain HTTP protects those who ask for it.

use finding::{Confidence, Fix, Severity};
use model::Place;
use model::tree::Node;

use crate::check::Framework::Nsa;
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::ingress;

pub(crate) const CHECK: Check = Check {
    id: "unenforced-ingress-tls",
    title: "Ingress with TLS answers plain HTTP as well",
    severity: Severity::Low,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Network)],
    effort: Hours(1),
    fix: Fix::Review("Delete the annotation that switches the redirect off"),
    edit: Edit::Remove,
    cel: Cel::Exact(
        "!has(object.spec.tls) || object.spec.tls.size() == 0 \
         || !has(object.metadata.annotations) || object.metadata.annotations.all(key, \
           !(key in ['haproxy-ingress.github.io/ssl-redirect', 'haproxy.org/ssl-redirect', \
             'ingress.kubernetes.io/ssl-redirect', 'nginx.ingress.kubernetes.io/ssl-redirect', \
             'nginx.org/redirect-to-https', 'ingress.kubernetes.io/force-ssl-redirect']) \
           || object.metadata.annotations[key] != 'false')",
    ),
    run,
    ..Check::on(ingress::KINDS, include_str!("unenforced_ingress_tls.md"))
};

/// Annotations that redirect plain HTTP to TLS unless they are false.
const REDIRECTS: &[&str] = &[
    "haproxy-ingress.github.io/ssl-redirect",
    "haproxy.org/ssl-redirect",
    "ingress.kubernetes.io/force-ssl-redirect",
    "ingress.kubernetes.io/ssl-redirect",
    "nginx.ingress.kubernetes.io/ssl-redirect",
    "nginx.org/redirect-to-https",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let with_tls = |tls: Node<'_>| tls.items().next().is_some();
    let all = cx.inventory().of_any(ingress::KINDS);
    for own in all.filter(|own| own.get("spec.tls").is_some_and(with_tls)) {
        for key in REDIRECTS {
            let off = own.annotation(key).filter(|it| it.as_str() == Some("false"));
            if let Some(node) = off {
                let message = "hosts with a certificate are served in plain HTTP as well";
                out.push(CHECK.at(&Place::of(own, node), message));
            }
        }
    }
}
