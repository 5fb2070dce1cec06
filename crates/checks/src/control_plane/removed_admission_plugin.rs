//! A plugin that is named and that this version does not have.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Owasp};
use crate::check::{Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};

pub(crate) const CHECK: Check = Check {
    id: "removed-admission-plugin",
    title: "Admission plugin is named that is not there any more",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Attack("T1562"), Owasp("K04")],
    peers: &[
        Peer::Checkov("CKV_K8S_81"),
        Peer::Checkov("CKV_K8S_84"),
        Peer::Kubescape("C-0124"),
        Peer::Trivy("KCV-0013"),
    ],
    effort: Hours(8),
    fix: Fix::Manual(
        "Say what the plugin held by Pod Security labels or a policy, then remove its name",
    ),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("removed_admission_plugin.md"))
};

/// Plugins, and the first minor version that does not have them.
const GONE: &[(&str, u32)] = &[
    ("DenyEscalatingExec", 21),
    ("DenyExecOnPrivileged", 21),
    ("Initializers", 14),
    ("PodSecurityPolicy", 25),
    ("SecurityContextDeny", 30),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        let named = server.plugins().into_iter().chain(server.list("disable-admission-plugins"));
        for plugin in named {
            let gone = GONE.iter().find(|(name, _)| *name == plugin.value);
            if let Some((name, minor)) = gone.filter(|(_, minor)| server.minor >= *minor) {
                let message = format!(
                    "{name} is gone since Kubernetes 1.{minor}: the server refuses to start"
                );
                out.push(CHECK.at(&plugin.place, message));
            }
        }
    }
}
