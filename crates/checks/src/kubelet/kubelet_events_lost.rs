//! A kubelet that may write few events drops those of a bad minute, when they are needed.

use finding::{Fix, Severity};

use crate::check::Framework::{Cis, Nsa};
use crate::check::{self, Audience, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::kubelet_setting::{self, Setting};

pub(crate) const CHECK: Check = Check {
    id: "kubelet-events-lost",
    title: "Kubelet drops events",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    dimension: Dimension::Monitoring,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Cis("4.2.8"), Nsa(check::Nsa::Logging)],
    peers: &[Peer::Checkov("CKV_K8S_147"), Peer::Kubescape("C-0180"), Peer::Trivy("KCV-0087")],
    effort: Hours(1),
    fix: Fix::Review("Delete `eventRecordQPS`: the default suffices"),
    edit: Edit::By(Setting::unset),
    cel: kubelet_setting::NO_TWIN,
    run,
    ..Check::on(kubelet_setting::KINDS, include_str!("kubelet_events_lost.md"))
};

const SETTING: Setting = Setting::new("eventRecordQPS", "event-qps", "50");

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for reading in SETTING.readings(cx) {
        if reading.value.parse::<i64>().is_ok_and(|rate| (1..5).contains(&rate)) {
            out.push(CHECK.at(
                &reading.place,
                format!("the kubelet writes {} events a second and drops the rest", reading.value),
            ));
        }
    }
}
