//! The read-only port tells the pods of a node to whoever reaches it.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "kubelet-read-only-port",
    title: "Kubelet tells strangers about its pods",
    severity: Severity::Medium,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1613"), Cis("4.2.4"), Nsa(check::Nsa::Network), Owasp("K09")],
    peers: &[Peer::Checkov("CKV_K8S_141"), Peer::Kubescape("C-0175"), Peer::Trivy("KCV-0082")],
    effort: Hours(1),
    fix: Fix::Review("Set `readOnlyPort` to 0; let monitoring use port 10250 with credentials"),
    edit: Edit::By(|flaw| SETTING.set(flaw, "0")),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("kubelet_read_only_port.md"))
};

const SETTING: Setting = Setting {
    field: "readOnlyPort",
    flag: "read-only-port",
    default: "0",
    kubeadm: "0",
    bare: "10255",
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if reading.value.parse::<u16>().is_ok_and(|port| port != 0) {
            out.push(CHECK.at(
                &reading.place,
                format!(
                    "the kubelet tells whoever asks about its pods on port {}{}",
                    reading.value,
                    reading.by_default()
                ),
            ));
        }
    }
}
