//! A kubelet that speaks old ciphers speaks them with whoever asks for them.

use finding::{Change, Fix, Severity};
use model::tree::Type;

use crate::check::Framework::{Attack, Cis, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::argument;
use crate::reading::kubelet_setting::{self, Setting, is_in_file};

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
    edit: Edit::By(offer_sound_tls),
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

fn offer_sound_tls(flaw: &Flaw<'_>) -> Vec<Change> {
    let Some(suites) = flaw.node().filter(|it| it.kind() == Type::Seq && is_in_file(flaw)) else {
        let is_version = flaw.node().is_some_and(|it| it.text().contains("VersionTLS"));
        if is_version {
            return VERSION.set(flaw, "\"VersionTLS12\"");
        }
        return argument::keep(flaw, |suite| !is_weak(&suite));
    };
    let weak = suites.items().filter(|it| is_weak(&it.text()));
    let weak: Vec<Change> = weak.map(|it| Change::remove(it.path())).collect();
    // An empty list says no more than none.
    if weak.len() == suites.items().count() { Setting::unset(flaw) } else { weak }
}
