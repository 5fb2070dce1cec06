//! Unsafe kernel parameters reach beyond the pod that sets them.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "unsafe-sysctls-allowed",
    title: "Pods may set unsafe kernel parameters",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1611"), Nsa(check::Nsa::PodSecurity)],
    effort: Hours(1),
    fix: Fix::Review("Allow just the parameters that are needed, on the nodes that need them"),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("unsafe_sysctls_allowed.md"))
};

const SETTING: Setting = Setting::new("allowedUnsafeSysctls", "allowed-unsafe-sysctls", "");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if !reading.value.is_empty() {
            out.push(CHECK.at(
                &reading.place,
                format!(
                    "pods may set kernel parameters that Kubernetes counts as unsafe: {}",
                    reading.value.replace(',', ", ")
                ),
            ));
        }
    }
}
