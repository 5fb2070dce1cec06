//! A kubelet that quietly overwrites the kernel parameters of its node undoes its hardening.

use finding::{Fix, Severity};
use model::component::truth;

use crate::check::Framework::Nsa;
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "kernel-defaults-overridden",
    title: "Kubelet overwrites the kernel parameters of its node",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Nsa(check::Nsa::PodSecurity)],
    peers: &[Peer::Checkov("CKV_K8S_144"), Peer::Kubescape("C-0177"), Peer::Trivy("KCV-0083")],
    effort: Hours(2),
    fix: Fix::Review("Set the parameters on the node, then `protectKernelDefaults` to true"),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("kernel_defaults_overridden.md"))
};

const SETTING: Setting = Setting::new("protectKernelDefaults", "protect-kernel-defaults", "false");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if truth(&reading.value) == Some(false) {
            let message = "the kubelet changes kernel parameters of the node without a word";
            out.push(CHECK.at(&reading.place, message));
        }
    }
}
