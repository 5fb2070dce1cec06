//! Without the chains of the kubelet, localhost of a node is open to its neighbours.

use finding::{Fix, Severity};
use model::component::truth;

use crate::check::Framework::Cis;
use crate::check::{Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "kubelet-iptables-off",
    title: "Kubelet does not keep its iptables chains",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Cis("4.2.6")],
    peers: &[Peer::Checkov("CKV_K8S_145"), Peer::Kubescape("C-0178"), Peer::Trivy("KCV-0084")],
    effort: Hours(1),
    fix: Fix::Review("Delete `makeIPTablesUtilChains`"),
    edit: Edit::By(Setting::unset),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("kubelet_iptables_off.md"))
};

const SETTING: Setting =
    Setting::new("makeIPTablesUtilChains", "make-iptables-util-chains", "true");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if truth(&reading.value) == Some(false) {
            out.push(CHECK.at(&reading.place, "the kubelet does not keep its iptables chains"));
        }
    }
}
