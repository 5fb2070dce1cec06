//! Without a CA for clients the kubelet cannot tell the API server from a stranger.

use finding::{Fix, Severity};

use crate::check::Framework::{Cis, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "kubelet-without-client-ca",
    title: "Kubelet knows no CA of its clients",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Cis("4.2.3"), Nsa(check::Nsa::Access), Owasp("K09")],
    peers: &[
        Peer::Checkov("CKV_K8S_140"),
        Peer::Kubescape("C-0070"),
        Peer::Kubescape("C-0174"),
        Peer::Trivy("KCV-0081"),
    ],
    effort: Hours(1),
    fix: Fix::Review(
        "Set `authentication.x509.clientCAFile` to the CA that signs the certificate of the API \
         server",
    ),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("kubelet_without_client_ca.md"))
};

const SETTING: Setting = Setting {
    field: "authentication.x509.clientCAFile",
    flag: "client-ca-file",
    default: "",
    kubeadm: "/etc/kubernetes/pki/ca.crt",
    bare: "",
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if reading.value.is_empty() {
            let message =
                "the kubelet has no CA to verify the client certificate of the API server";
            out.push(CHECK.at(&reading.place, message));
        }
    }
}
