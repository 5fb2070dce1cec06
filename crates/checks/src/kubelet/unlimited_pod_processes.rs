//! Without a limit one pod can use up the process numbers of its node.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Cis, Owasp};
use crate::check::{Audience, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "unlimited-pod-processes",
    title: "One pod can use up the processes of its node",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1499"), Cis("4.2.13"), Owasp("K01")],
    peers: &[Peer::Kubescape("C-0284")],
    effort: Hours(1),
    fix: Fix::Review("Set `podPidsLimit` to what the busiest pod needs, such as 4096"),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("unlimited_pod_processes.md"))
};

const SETTING: Setting = Setting::new("podPidsLimit", "pod-max-pids", "-1");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if reading.value.parse::<i64>().is_ok_and(|limit| limit <= 0) {
            let message = "a pod may start as many processes as the node has numbers for";
            out.push(CHECK.at(&reading.place, message));
        }
    }
}
