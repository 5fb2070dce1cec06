//! Streams without a timeout pile up, and a forgotten shell stays open.

use finding::{Fix, Severity};
use model::duration::milliseconds;

use crate::check::Framework::{Attack, Cis};
use crate::check::{Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "endless-kubelet-streams",
    title: "Idle streams to containers never end",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1499"), Cis("4.2.5")],
    peers: &[Peer::Checkov("CKV_K8S_143"), Peer::Kubescape("C-0176"), Peer::Trivy("KCV-0085")],
    effort: Hours(1),
    fix: Fix::Review("Delete `--streaming-connection-idle-timeout`, or set it to minutes"),
    edit: Edit::By(Setting::unset),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("endless_kubelet_streams.md"))
};

const SETTING: Setting = Setting::new("", "streaming-connection-idle-timeout", "4h");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if milliseconds(&reading.value) == Some(0) {
            let message = "streams to containers stay open for ever when nothing is sent";
            out.push(CHECK.at(&reading.place, message));
        }
    }
}
