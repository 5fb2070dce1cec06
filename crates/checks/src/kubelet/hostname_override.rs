//! A node under another name than its own is hard to follow in logs and certificates.

use finding::{Fix, Severity};

use crate::check::Framework::Cis;
use crate::check::{Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "hostname-override",
    title: "Node is registered under another name",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Cis("4.2.7")],
    peers: &[Peer::Checkov("CKV_K8S_146"), Peer::Kubescape("C-0179"), Peer::Trivy("KCV-0086")],
    effort: Hours(2),
    fix: Fix::Manual("Give the machine the name it shall have, and delete `--hostname-override`"),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("hostname_override.md"))
};

const SETTING: Setting = Setting::new("", "hostname-override", "");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if !reading.value.is_empty() {
            out.push(CHECK.at(
                &reading.place,
                format!("the node is registered as {} rather than by its own name", reading.value),
            ));
        }
    }
}
