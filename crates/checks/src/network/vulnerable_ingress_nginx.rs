//! An ingress-nginx that any pod may take over, and with it the Secrets of the cluster.

use finding::{Confidence, Finding, Fix, Severity};
use model::tree::Node;
use model::{Container, Kinds};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::ingress;
use crate::reading::release::Release;

pub(crate) const CHECK: Check = Check {
    id: "vulnerable-ingress-nginx",
    title: "Ingress controller can be taken over",
    severity: Severity::Critical,
    confidence: Confidence::Config,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1190"), Nsa(check::Nsa::Upgrading), Owasp("K10")],
    peers: &[
        Peer::Checkov("CKV_K8S_152"),
        Peer::Checkov("CKV_K8S_153"),
        Peer::Checkov("CKV_K8S_154"),
        Peer::Kubescape("C-0059"),
        Peer::Trivy("KCV-0093"),
    ],
    effort: Hours(8),
    fix: Fix::Review("Run a release that has the fixes, 1.14.3 or later"),
    cel: Cel::Refused("CEL cannot compare the release in the tag of an image"),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("vulnerable_ingress_nginx.md"))
};

/// What is wrong with a release, the worst first.
fn weakness(release: Release, has_webhook: bool) -> Option<(Severity, &'static str)> {
    let is_in = |first, next| release >= first && release < next;
    if release < Release::new(1, 11, 5) || release == Release::new(1, 12, 0) {
        if has_webhook {
            let why = "CVE-2025-1974 lets whoever reaches its webhook from the pod network run \
                       code in it";
            return Some((CHECK.severity, why));
        }
        Some((Severity::High, "CVE-2025-1097 lets whoever may write an ingress run code in it"))
    } else if release < Release::new(1, 13, 7)
        || is_in(Release::new(1, 14, 0), Release::new(1, 14, 3))
    {
        let why = "CVE-2026-24512 lets whoever may write an ingress run code in it";
        Some((Severity::High, why))
    } else {
        None
    }
}

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers() {
        let release = ingress::nginx_image(&container).and_then(|it| Release::of_tag(it.tag?));
        let Some(release) = release else { continue };
        if let Some((severity, why)) = weakness(release, has_webhook(&container)) {
            let message = format!("ingress-nginx {release}: {why}");
            out.push(Finding { severity, ..CHECK.at(&container.place("image"), message) });
        }
    }
}

/// Whether it is started with the admission webhook, which it has off by default.
fn has_webhook(container: &Container<'_>) -> bool {
    let lists = ["command", "args"].into_iter().filter_map(|field| container.node().get(field));
    let mut words = lists.flat_map(Node::items).filter_map(Node::as_str);
    words.any(|word| word.contains("--validating-webhook="))
}
