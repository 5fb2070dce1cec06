//! The metrics port of kube-proxy has neither TLS nor credentials.

use finding::{Change, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Program, kinds};

use crate::check::Framework::{Attack, Cis, Nsa};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::argument;
use crate::reading::component_flag::{given, host, is_local};

pub(crate) const CHECK: Check = Check {
    id: "open-kube-proxy-metrics",
    title: "kube-proxy shows its metrics and configuration to everybody",
    severity: Severity::Low,
    ring: Ring::Five,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1613"), Cis("4.3.1"), Nsa(check::Nsa::Network)],
    peers: &[Peer::Kubescape("C-0291")],
    effort: Hours(1),
    fix: Fix::Review("Set `metricsBindAddress` to 127.0.0.1:10249, or delete it"),
    edit: Edit::By(show_locally),
    cel: Cel::Refused(
        "its file never passes the API server, or as a text in a ConfigMap that CEL cannot read",
    ),
    run,
    ..Check::on(
        Kinds::of(&[kinds::POD, kinds::DAEMON_SET, kinds::KUBE_PROXY_CONFIGURATION]),
        include_str!("open_kube_proxy_metrics.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for file in cx.inventory().of(kinds::KUBE_PROXY_CONFIGURATION) {
        let address = file.get("metricsBindAddress").and_then(Node::as_text).unwrap_or_default();
        if is_open(address) {
            out.push(CHECK.at(&file.place("metricsBindAddress"), message(address)));
        }
    }
    for proxy in cx.components(Program::Proxy).filter(|it| given(it, "config").is_none()) {
        let Some(flag) = given(proxy, "metrics-bind-address") else { continue };
        if is_open(flag.value) {
            out.push(CHECK.at(&flag.place, message(flag.value)));
        }
    }
}

fn is_open(address: &str) -> bool {
    !address.is_empty() && !is_local(host(address))
}

fn message(address: &str) -> String {
    format!("kube-proxy shows its metrics and configuration to everybody at {address}")
}

fn show_locally(flaw: &Flaw<'_>) -> Vec<Change> {
    let Some(address) = argument::value(flaw) else { return Vec::new() };
    let port = address.rsplit_once(':').filter(|(host, port)| {
        port.parse::<u16>().is_ok() && (host.ends_with(']') || !host.contains(':'))
    });
    let port = port.map_or("10249", |(_, port)| port);
    argument::replace(flaw, &format!("127.0.0.1:{port}"))
}
