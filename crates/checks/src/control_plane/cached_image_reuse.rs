//! A pod may run a private image that another one pulled.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Cis, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION, add_plugin};

pub(crate) const CHECK: Check = Check {
    id: "cached-image-reuse",
    title: "Pods may run private images that others pulled",
    severity: Severity::Low,
    ring: Ring::One,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Cis("1.2.11"), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_80"), Peer::Kubescape("C-0123"), Peer::Trivy("KCV-0012")],
    effort: Hours(4),
    fix: Fix::Review("Add AlwaysPullImages to --enable-admission-plugins"),
    edit: Edit::By(|flaw| add_plugin(flaw, "AlwaysPullImages")),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("cached_image_reuse.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        if let Some(place) = server.lacks_plugin("AlwaysPullImages") {
            let message = "AlwaysPullImages is not run: images on a node are free for all its pods";
            out.push(CHECK.at(&place, message));
        }
    }
}
