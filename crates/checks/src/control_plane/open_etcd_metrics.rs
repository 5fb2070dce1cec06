//! The metrics port of etcd has neither TLS nor credentials.

use finding::{Fix, Severity};

use crate::check::Framework::{Attack, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::component_flag::{KINDS, NO_TWIN, given, has_own_network};
use crate::reading::etcd::{self, remote};

pub(crate) const CHECK: Check = Check {
    id: "open-etcd-metrics",
    title: "etcd shows its metrics to everybody",
    severity: Severity::Low,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1613"), Nsa(check::Nsa::Network)],
    effort: Hours(1),
    fix: Fix::Review("Let `--listen-metrics-urls` be http://127.0.0.1:2381"),
    cel: NO_TWIN,
    run,
    ..Check::on(KINDS, include_str!("open_etcd_metrics.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for etcd in etcd::all(cx) {
        let Some(listen) = given(etcd, "listen-metrics-urls") else { continue };
        let url = remote(listen.value, "http").filter(|_| !has_own_network(etcd));
        if let Some(url) = url {
            out.push(
                CHECK.at(&listen.place, format!("etcd shows its metrics to everybody at {url}")),
            );
        }
    }
}
