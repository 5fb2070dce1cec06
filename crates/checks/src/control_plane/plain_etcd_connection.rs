//! Everything the cluster knows goes through this connection.

use finding::{Finding, Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Attack, Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION};
use crate::reading::component_flag::{host, is_local};

pub(crate) const CHECK: Check = Check {
    id: "plain-etcd-connection",
    title: "API server talks to etcd without proof on both sides",
    severity: Severity::High,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[
        Attack("T1552"),
        Cis("1.2.23"),
        Cis("1.2.26"),
        Nsa(check::Nsa::Network),
        Owasp("K09"),
    ],
    peers: &[
        Peer::Checkov("CKV_K8S_102"),
        Peer::Checkov("CKV_K8S_99"),
        Peer::Kubescape("C-0137"),
        Peer::Kubescape("C-0140"),
        Peer::Trivy("KCV-0026"),
        Peer::Trivy("KCV-0029"),
    ],
    effort: Hours(8),
    fix: Fix::Review(
        "Use https:// for etcd, with --etcd-cafile, --etcd-certfile and --etcd-keyfile",
    ),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("plain_etcd_connection.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx) {
        let (mut servers, overrides) =
            (server.list("etcd-servers"), server.list("etcd-servers-overrides"));
        let local = !servers.is_empty() && servers.iter().all(|it| it.value.starts_with("unix:"));
        servers.extend(overrides);
        if let Some(plain) = servers.iter().find(|it| it.value.contains("http://")) {
            let message = format!("etcd is reached without TLS: {}", plain.value);
            let is_near = servers.iter().all(|it| stays_on_the_machine(it.value));
            let severity = if is_near { Severity::Medium } else { CHECK.severity };
            out.push(Finding { severity, ..CHECK.at(&plain.place, message) });
            continue;
        }
        let lacking = server.lacking(&["etcd-cafile", "etcd-certfile", "etcd-keyfile"]);
        if !local && !lacking.is_empty() {
            let message = format!(
                "{} missing: one side of the connection to etcd proves nothing",
                lacking.join(" and ")
            );
            out.push(CHECK.at(&server.place(), message));
        }
    }
}

/// Whether nothing in the clear leaves the machine.
fn stays_on_the_machine(urls: &str) -> bool {
    let mut plain = urls.split("http://").skip(1);
    plain.all(|rest| is_local(host(rest.split([',', ';', '/']).next().unwrap_or_default())))
}
