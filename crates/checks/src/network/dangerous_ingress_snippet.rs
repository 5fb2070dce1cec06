//! A snippet that runs code or opens files reads what only the controller may read.

use finding::{Confidence, Fix, Severity};
use model::Place;

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::ingress;

pub(crate) const CHECK: Check = Check {
    id: "dangerous-ingress-snippet",
    title: "Ingress snippet runs code or opens files in its controller",
    severity: Severity::High,
    confidence: Confidence::Heuristic,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1190"), Attack("T1552"), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_152"), Peer::Checkov("CKV_K8S_154"), Peer::Kubescape("C-0059")],
    effort: Hours(4),
    fix: Fix::Manual("Delete the directive, and look for what it was put there"),
    cel: Cel::Widened(
        "!has(object.metadata.annotations) || object.metadata.annotations.all(key, \
           !((key.startsWith('nginx.ingress.kubernetes.io/') || key.startsWith('nginx.org/')) \
             && (key.endsWith('-snippet') || key.endsWith('-snippets'))))",
        "it denies every snippet, since CEL reads no configuration of NGINX",
    ),
    run,
    ..Check::on(ingress::KINDS, include_str!("dangerous_ingress_snippet.md"))
};

/// Directives of NGINX that run code, open files or load modules.
const DIRECTIVES: &[&str] = &[
    "alias",
    "auth_basic_user_file",
    "client_body_temp_path",
    "include",
    "js_import",
    "js_include",
    "load_module",
    "perl",
    "perl_set",
    "proxy_ssl_certificate_key",
    "root",
    "ssl_certificate_key",
    "ssl_engine",
];

/// Texts that no harmless snippet holds.
const SIGNS: &[&str] = &["_by_lua", "/var/run/secrets", "/proc/", "/etc/kubernetes", "/etc/passwd"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for own in cx.inventory().of_any(ingress::KINDS) {
        for snippet in ingress::snippets(own) {
            if let Some(word) = sign(snippet.text()) {
                let message = format!("the snippet uses {word} inside the controller");
                out.push(CHECK.at(&Place::of(own, snippet), message));
            }
        }
    }
}

/// What makes a snippet dangerous. A directive stands at the start of a statement.
fn sign(text: &str) -> Option<&'static str> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    let code: Vec<&str> = lines.collect();
    let statements = code.iter().flat_map(|line| line.split([';', '{', '}']));
    let firsts: Vec<&str> = statements.filter_map(|it| it.split_whitespace().next()).collect();
    let directive = DIRECTIVES.iter().find(|known| firsts.contains(known));
    let holds = |sign: &&&str| code.iter().any(|line| line.contains(**sign));
    directive.or_else(|| SIGNS.iter().find(holds)).copied()
}
