//! A registry that is closed or frozen never again brings a fix.

use finding::{Change, Fix, Severity};
use model::{Kinds, Node};

use crate::check::Framework::{Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::registry;

pub(crate) const CHECK: Check = Check {
    id: "deprecated-registry",
    title: "Image comes from a registry that is closed or frozen",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Nsa(check::Nsa::Upgrading), Owasp("K02"), Owasp("K10")],
    peers: &[Peer::Kubescape("C-0253")],
    effort: Hours(2),
    fix: Fix::Review("Take the image from the place that took over, such as registry.k8s.io"),
    edit: Edit::By(mend),
    cel: Cel::Widened(
        "variables.containers.all(c, !has(c.image) || !c.image.matches(\
         '^(((asia|eu|us)[.]gcr[.]io/k8s-artifacts-prod|docker[.]pkg[.]github[.]com|k8s[.]gcr[.]io\
         |gcr[.]io/(google[-_]containers|kubebuilder|tekton-releases)\
         |quay[.]io/kubernetes-ingress-controller|((index|registry-1)[.])?docker[.]io/bitnami(legacy)?)\
         |bitnami(legacy)?)/'))",
        "it takes blanks that are filled in later for images",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("deprecated_registry.md"))
};

/// What is gone, and what became of it.
const GONE: &[(&[&str], &str)] = &[
    (
        &[
            "k8s.gcr.io",
            "gcr.io/google-containers",
            "gcr.io/google_containers",
            "asia.gcr.io/k8s-artifacts-prod",
            "eu.gcr.io/k8s-artifacts-prod",
            "us.gcr.io/k8s-artifacts-prod",
        ],
        "which is frozen since 2023; registry.k8s.io took over",
    ),
    (
        &["quay.io/kubernetes-ingress-controller"],
        "which is frozen since 2020; registry.k8s.io/ingress-nginx took over",
    ),
    (&["docker.pkg.github.com"], "which GitHub replaced by ghcr.io"),
    (
        &["gcr.io/kubebuilder"],
        "which was taken down in 2025; the project kube-rbac-proxy has its own",
    ),
    (&["gcr.io/tekton-releases"], "which Tekton left for ghcr.io/tektoncd"),
    (&["docker.io/bitnami"], "from which Bitnami took nearly all versions away in 2025"),
    (&["docker.io/bitnamilegacy"], "an archive that gets no fixes since 2025"),
];

/// Those whose images are all in registry.k8s.io, under the same names.
const MOVED: [&str; 4] = [
    "k8s.gcr.io",
    "asia.gcr.io/k8s-artifacts-prod",
    "eu.gcr.io/k8s-artifacts-prod",
    "us.gcr.io/k8s-artifacts-prod",
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for container in cx.containers() {
        let Some(image) = container.image() else { continue };
        let gone = GONE.iter().find(|(places, _)| registry::holds(places, image));
        if let Some((_, what)) = gone {
            let (name, of) = (image.name(), container.name());
            let place = image.full_name();
            let place = place.trim_end_matches(name).trim_end_matches('/');
            let message = format!("image {name} of container {of} comes from {place}, {what}");
            out.push(CHECK.at(&container.place("image"), message));
        }
    }
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let Some(image) = flaw.node().and_then(Node::as_str) else { return Vec::new() };
    let rest = MOVED.iter().find_map(|it| image.strip_prefix(it)?.strip_prefix('/'));
    let new = rest.map(|it| serde_json::json!(format!("registry.k8s.io/{it}")).to_string());
    new.map(|it| Change::set(flaw.path(), it)).into_iter().collect()
}
