//! Ingresses: their controllers, hosts and what they lead to.

use model::tree::Node;
use model::{Container, Image, Kinds, Object, kinds};

/// Ingresses of every group that ever served them.
pub(crate) const KINDS: Kinds = Kinds::of(&[kinds::INGRESS, kinds::OLD_INGRESS]);

/// The Services that an ingress leads to.
#[derive(Clone, Copy)]
pub(crate) struct Backend<'a> {
    /// What says so.
    pub(crate) node: Node<'a>,
    /// The Service, in the namespace of the ingress.
    pub(crate) service: &'a str,
    /// Its port, by number or by name.
    pub(crate) port: Option<Node<'a>>,
}

/// Annotations by which a controller asks who calls, or from where.
const GUARDS: &[&str] = &[
    "alb.ingress.kubernetes.io/auth-type",
    "alb.ingress.kubernetes.io/inbound-cidrs",
    "haproxy.org/allow-list",
    "haproxy.org/auth-type",
    "haproxy.org/whitelist",
    "ingress.kubernetes.io/auth-type",
    "nginx.ingress.kubernetes.io/auth-tls-secret",
    "nginx.ingress.kubernetes.io/auth-type",
    "nginx.ingress.kubernetes.io/auth-url",
    "nginx.ingress.kubernetes.io/allowlist-source-range",
    "nginx.ingress.kubernetes.io/whitelist-source-range",
    "nginx.org/basic-auth-secret",
    "nginx.org/policies",
    "traefik.ingress.kubernetes.io/router.middlewares",
];

/// The label of the ingresses that cert-manager makes for the minutes of a proof.
const SOLVER: &str = "acme.cert-manager.io/http01-solver";

/// Its rules.
pub(crate) fn rules(ingress: &Object) -> impl Iterator<Item = Node<'_>> {
    ingress.get("spec.rules").into_iter().flat_map(Node::items)
}

/// What it leads to: the default first, then path by path.
pub(crate) fn backends(ingress: &Object) -> impl Iterator<Item = Backend<'_>> {
    let default = ["spec.defaultBackend", "spec.backend"].into_iter();
    let default = default.filter_map(|field| ingress.get(field));
    let paths = rules(ingress).filter_map(|rule| rule.at("http.paths")).flat_map(Node::items);
    default.chain(paths.filter_map(|path| path.get("backend"))).filter_map(backend)
}

/// `service` since `networking.k8s.io/v1`, `serviceName` and `servicePort` before.
fn backend(node: Node<'_>) -> Option<Backend<'_>> {
    if let Some(service) = node.get("serviceName").and_then(Node::as_text) {
        return Some(Backend { node, service, port: node.get("servicePort") });
    }
    let service = node.at("service.name")?.as_text()?;
    let port = node.at("service.port.number").or_else(|| node.at("service.port.name"));
    Some(Backend { node, service, port })
}

/// The class it names, by field or by annotation.
pub(crate) fn class(ingress: &Object) -> Option<&str> {
    let annotation = ingress.annotation("kubernetes.io/ingress.class");
    ingress.get("spec.ingressClassName").or(annotation).and_then(Node::as_text)
}

/// Whether its controller asks who calls, or lets certain addresses in only.
pub(crate) fn is_guarded(ingress: &Object) -> bool {
    let value = |key: &&str| ingress.annotation(key).and_then(Node::as_text);
    GUARDS.iter().filter_map(value).any(|value| value != "none" && !value.contains("0.0.0.0/0"))
}

/// Whether cert-manager made it to prove whose a host is; it lives for minutes.
pub(crate) fn is_solver(ingress: &Object) -> bool {
    ingress.labels().get(SOLVER).is_some()
}

/// Its annotations whose text is copied into the configuration of NGINX.
pub(crate) fn snippets(ingress: &Object) -> impl Iterator<Item = Node<'_>> {
    let annotations = ingress.get("metadata.annotations").into_iter().flat_map(Node::entries);
    annotations.filter(|entry| {
        let nginx = ["nginx.ingress.kubernetes.io/", "nginx.org/"];
        let key = entry.key();
        nginx.iter().any(|prefix| key.starts_with(prefix))
            && (key.ends_with("-snippet") || key.ends_with("-snippets"))
    })
}

/// The image of ingress-nginx that a container runs, by its makers or by those who build it anew.
pub(crate) fn nginx_image<'a>(container: &Container<'a>) -> Option<Image<'a>> {
    let image = Image::parse(container.node().get("image")?.as_str()?);
    let known = image.repository.ends_with("ingress-nginx/controller")
        || image.repository.ends_with("ingress-nginx/controller-chroot")
        || NGINX_IMAGES.contains(&image.name());
    known.then_some(image)
}

/// Names of the image at other makers. `nginx/nginx-ingress` is another product.
const NGINX_IMAGES: &[&str] =
    &["ingress-nginx-controller", "nginx-ingress-controller", "nginx-ingress-controller-amd64"];
