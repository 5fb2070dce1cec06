//! A kubelet that asks nobody what a caller may do lets all of them run commands in its pods.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "kubelet-allows-everything",
    title: "Kubelet allows every caller everything",
    severity: Severity::Critical,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1609"), Cis("4.2.2"), Nsa(check::Nsa::Access), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_139"), Peer::Kubescape("C-0173"), Peer::Trivy("KCV-0080")],
    effort: Hours(1),
    fix: Fix::Review("Set `authorization.mode` to Webhook, so that RBAC decides"),
    edit: Edit::By(|flaw| SETTING.set(flaw, "\"Webhook\"")),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("kubelet_allows_everything.md"))
};

const SETTING: Setting = Setting {
    field: "authorization.mode",
    flag: "authorization-mode",
    default: "Webhook",
    kubeadm: "Webhook",
    bare: "AlwaysAllow",
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if reading.value == "AlwaysAllow" {
            out.push(CHECK.at(
                &reading.place,
                format!(
                    "the kubelet allows every authenticated caller everything{}",
                    reading.by_default()
                ),
            ));
        }
    }
}
