//! A kubelet that speaks old ciphers speaks them with whoever asks for them.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Cis, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "weak-kubelet-tls",
    title: "Kubelet speaks broken TLS",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1557"), Cis("4.2.12"), Nsa(check::Nsa::Network)],
    peers: &[Peer::Checkov("CKV_K8S_151"), Peer::Kubescape("C-0184"), Peer::Trivy("KCV-0092")],
    effort: Hours(1),
    fix: Fix::Review(
        "Delete the weak ciphers from `tlsCipherSuites`, and let `tlsMinVersion` be \
         VersionTLS12 or newer",
    ),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("weak_kubelet_tls.md"))
};

const SUITES: Setting = Setting::new("tlsCipherSuites", "tls-cipher-suites", "");
const VERSION: Setting = Setting::new("tlsMinVersion", "tls-min-version", "");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SUITES.readings(cx) {
        let weak: Vec<&str> = reading.value.split(',').map(str::trim).filter(is_weak).collect();
        if !weak.is_empty() {
            let message = format!("the kubelet accepts weak ciphers: {}", weak.join(", "));
            out.push(CHECK.at(&reading.place, message));
        }
    }
    for reading in VERSION.readings(cx) {
        if ["VersionTLS10", "VersionTLS11"].contains(&&*reading.value) {
            let version = reading.value.replace("VersionTLS1", "TLS 1.");
            out.push(CHECK.at(&reading.place, format!("the kubelet accepts {version}")));
        }
    }
}

/// What Go itself counts as insecure: RC4, 3DES, key exchange without forward secrecy, and CBC with
/// SHA-256, which leaks by its timing.
fn is_weak(suite: &&str) -> bool {
    suite.starts_with("TLS_RSA_")
        || suite.contains("_RC4_")
        || suite.contains("_3DES_")
        || suite.ends_with("_CBC_SHA256")
}
