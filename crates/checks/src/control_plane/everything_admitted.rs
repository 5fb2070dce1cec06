//! `AlwaysAdmit` was made to have no admission.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Cis, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "everything-admitted",
    title: "API server runs the plugin that admits everything",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Cis("1.2.10"), Owasp("K04")],
    peers: &[Peer::Checkov("CKV_K8S_79"), Peer::Kubescape("C-0122"), Peer::Trivy("KCV-0011")],
    effort: Hours(1),
    fix: Fix::Review("Remove AlwaysAdmit from the admission plugins"),
    edit: Edit::By(|flaw| argument::keep(flaw, |it| it != "AlwaysAdmit")),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("everything_admitted.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        let plugins = server.plugins();
        for plugin in plugins.iter().filter(|plugin| plugin.value == "AlwaysAdmit") {
            let message = "AlwaysAdmit is an admission plugin: it admits everything";
            out.push(CHECK.at(&plugin.place, message));
        }
    }
}
