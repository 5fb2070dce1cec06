//! Nobody can verify a kubelet that signs its own serving certificate.

use finding::{Fix, Severity};
use model::component::truth;
use model::{Place, Program};

use crate::check::Framework::{Attack, Cis, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::component_flag::{gate, given};
use crate::reading::kubelet_setting::{self, Kubelet, Setting};

pub(crate) const CHECK: Check = Check {
    id: "self-signed-kubelet",
    title: "Kubelet serves with a certificate it signed itself",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[
        Attack("T1557"),
        Cis("1.3.6"),
        Cis("4.2.11"),
        Cis("4.2.9"),
        Nsa(check::Nsa::Network),
    ],
    peers: &[
        Peer::Checkov("CKV_K8S_112"),
        Peer::Checkov("CKV_K8S_148"),
        Peer::Kubescape("C-0149"),
        Peer::Kubescape("C-0181"),
        Peer::Kubescape("C-0183"),
        Peer::Trivy("KCV-0038"),
        Peer::Trivy("KCV-0088"),
        Peer::Trivy("KCV-0089"),
        Peer::Trivy("KCV-0091"),
    ],
    effort: Hours(4),
    fix: Fix::Review(
        "Set `serverTLSBootstrap` to true and approve the requests of the nodes, or give \
         `tlsCertFile` and `tlsPrivateKeyFile`",
    ),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("self_signed_kubelet.md"))
};

const CERTIFICATE: Setting = Setting::new("tlsCertFile", "tls-cert-file", "");
const KEY: Setting = Setting::new("tlsPrivateKeyFile", "tls-private-key-file", "");
const BOOTSTRAP: Setting =
    Setting::new("serverTLSBootstrap", "rotate-server-certificates", "false");
const GATE: Setting =
    Setting::new("featureGates.RotateKubeletServerCertificate", "feature-gates", "");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for kubelet in Kubelet::all(cx) {
        if let Some((place, why)) = judge(&kubelet) {
            let message = format!("the kubelet signs its own serving certificate: {why}");
            out.push(CHECK.at(&place, message));
        }
    }
    for controllers in cx.components(Program::ControllerManager) {
        let Some(gates) = given(controllers, "feature-gates") else { continue };
        if gate(gates.value, NAME) == Some(false) {
            out.push(CHECK.at(&gates.place, format!("the feature gate {NAME} is off")));
        }
    }
}

const NAME: &str = "RotateKubeletServerCertificate";

fn judge<'a>(kubelet: &Kubelet<'_, 'a>) -> Option<(Place<'a>, &'static str)> {
    let is_given = |setting| kubelet.read(setting).is_some_and(|it| !it.value.is_empty());
    if is_given(&CERTIFICATE) && is_given(&KEY) {
        return None;
    }
    let bootstrap = kubelet.read(&BOOTSTRAP)?;
    if truth(&bootstrap.value) != Some(true) {
        return Some((bootstrap.place, "it is given none and asks the cluster for none"));
    }
    let gates = kubelet.read(&GATE).filter(|it| is_off(&it.value))?;
    Some((gates.place, "the feature gate that lets it ask the cluster for one is off"))
}

/// The file names the gate alone, the flag lists all of them.
fn is_off(value: &str) -> bool {
    gate(value, NAME).or_else(|| truth(value)) == Some(false)
}
