//! A flag that this version does not know: the server does not start.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::{Audience, Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::argument;

pub(crate) const CHECK: Check = Check {
    id: "removed-api-server-flag",
    title: "Flag is given that is not there any more",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    dimension: Dimension::Architecture,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    peers: &[
        Peer::Checkov("CKV_K8S_69"),
        Peer::Checkov("CKV_K8S_71"),
        Peer::Checkov("CKV_K8S_86"),
        Peer::Checkov("CKV_K8S_88"),
        Peer::Checkov("CKV_K8S_89"),
        Peer::Kubescape("C-0005"),
        Peer::Kubescape("C-0128"),
        Peer::Trivy("KCV-0004"),
        Peer::Trivy("KCV-0017"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Remove the flag, and whatever relied on it"),
    edit: Edit::By(argument::remove),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("removed_api_server_flag.md"))
};

/// Flags, and the first minor version that does not take them.
const GONE: &[(&str, u32)] = &[
    ("address", 24),
    ("basic-auth-file", 19),
    ("insecure-bind-address", 24),
    ("insecure-port", 24),
    ("kubelet-https", 22),
    ("port", 24),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        for (name, minor) in GONE.iter().filter(|(_, minor)| server.minor >= *minor) {
            if let Some(flag) = server.flag(name) {
                let message = format!(
                    "{name} is gone since Kubernetes 1.{minor}: the server refuses to start"
                );
                out.push(CHECK.at(&flag.place, message));
            }
        }
        let open = server.flag("insecure-port").filter(|flag| flag.value != "0");
        if let Some(flag) = open.filter(|_| (20..24).contains(&server.minor)) {
            let message =
                "insecure-port may only be 0 since Kubernetes 1.20: the server refuses to start";
            out.push(CHECK.at(&flag.place, message));
        }
        if let Some(flag) = server.flag("secure-port").filter(|flag| flag.value == "0") {
            let message = "secure-port may not be 0: the server refuses to start";
            out.push(CHECK.at(&flag.place, message));
        }
    }
}
