//! The metrics port of etcd has neither TLS nor credentials.

use finding::{Change, Fix, Severity};

use crate::check::Framework::{Attack, Nsa};
use crate::check::{self, Audience, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::argument;
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
    fix: Fix::Review("Let `--listen-metrics-urls` name 127.0.0.1 alone"),
    edit: Edit::By(show_locally),
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

fn show_locally(flaw: &Flaw<'_>) -> Vec<Change> {
    if argument::is_probed(flaw) {
        return Vec::new();
    }
    let mut urls: Vec<String> = argument::values(flaw).into_iter().map(local).collect();
    urls.dedup();
    argument::replace(flaw, &urls.join(","))
}

/// The same port of the machine itself.
fn local(url: &str) -> String {
    let port = url.trim_end_matches('/').rsplit(':').next().unwrap_or_default();
    match remote(url, "http") {
        Some(_) if port.parse::<u16>().is_ok() => format!("http://127.0.0.1:{port}"),
        _ => url.to_owned(),
    }
}
