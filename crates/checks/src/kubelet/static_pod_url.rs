//! Pods read over a bare connection are whatever the one in between says, as root.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "static-pod-url",
    title: "Kubelet runs pods it reads without TLS",
    severity: Severity::High,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1557"), Attack("T1610"), Nsa(check::Nsa::Network)],
    effort: Hours(1),
    fix: Fix::Manual("Read static pods from a folder of the node (`staticPodPath`), or over https"),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("static_pod_url.md"))
};

const SETTING: Setting = Setting::new("staticPodURL", "manifest-url", "");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if reading.value.starts_with("http://") {
            let message = "the kubelet runs the pods that it reads from an address without TLS";
            out.push(CHECK.at(&reading.place, message));
        }
    }
}
