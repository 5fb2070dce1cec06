//! A kubelet that serves strangers answers whoever reaches its port.

use finding::{Fix, Severity};
use model::component::truth;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "anonymous-kubelet",
    title: "Kubelet serves anonymous callers",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1190"), Cis("4.2.1"), Nsa(check::Nsa::Access), Owasp("K09")],
    peers: &[
        Peer::Checkov("CKV_K8S_138"),
        Peer::Kubescape("C-0069"),
        Peer::Kubescape("C-0172"),
        Peer::Trivy("KCV-0079"),
    ],
    effort: Hours(1),
    fix: Fix::Review(
        "Set `authentication.anonymous.enabled` to false, once nothing calls the kubelet \
         without credentials",
    ),
    edit: Edit::By(|flaw| SETTING.set(flaw, "false")),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("anonymous_kubelet.md"))
};

const SETTING: Setting = Setting {
    field: "authentication.anonymous.enabled",
    flag: "anonymous-auth",
    default: "false",
    kubeadm: "false",
    bare: "true",
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if truth(&reading.value) == Some(true) {
            out.push(CHECK.at(
                &reading.place,
                format!("the kubelet serves callers without credentials{}", reading.by_default()),
            ));
        }
    }
}
