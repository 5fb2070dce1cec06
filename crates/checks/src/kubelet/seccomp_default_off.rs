//! Where pods get no filter by default, those that forgot one may call the whole kernel.

use finding::{Fix, Severity};
use model::component::truth;

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "seccomp-default-off",
    title: "Pods run without seccomp unless they ask for it",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1611"), Cis("5.7.2"), Nsa(check::Nsa::PodSecurity), Owasp("K01")],
    effort: Hours(4),
    fix: Fix::Review("Set `seccompDefault` to true, node by node"),
    edit: Edit::By(|flaw| SETTING.set(flaw, "true")),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("seccomp_default_off.md"))
};

const SETTING: Setting = Setting::new("seccompDefault", "seccomp-default", "false");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if truth(&reading.value) == Some(false) {
            out.push(CHECK.at(&reading.place, "pods that name no seccomp profile run with none"));
        }
    }
}
