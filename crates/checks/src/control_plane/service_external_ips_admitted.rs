//! Whoever may write a Service may take over an address.

use finding::{Fix, Severity};
use model::{Kinds, kinds};

use crate::check::Framework::{Cis, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::api_server::{ApiServer, STARTS_BEFORE_ADMISSION, add_plugin};

pub(crate) const CHECK: Check = Check {
    id: "service-external-ips-admitted",
    title: "Services may claim addresses that are not theirs",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    sees: &[kinds::CLUSTER_CONFIGURATION],
    audience: Audience::Platform,
    frameworks: &[Cis("1.2.3"), Nsa(check::Nsa::Network), Owasp("K09")],
    peers: &[Peer::Kubescape("C-0115"), Peer::Kubescape("C-0283"), Peer::Trivy("KCV-0003")],
    effort: Hours(2),
    fix: Fix::Review("Add DenyServiceExternalIPs to --enable-admission-plugins"),
    edit: Edit::By(|flaw| add_plugin(flaw, "DenyServiceExternalIPs")),
    cel: Cel::Refused(STARTS_BEFORE_ADMISSION),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("service_external_ips_admitted.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for server in ApiServer::all(cx).filter(|server| server.minor >= 21) {
        if let Some(place) = server.lacks_plugin("DenyServiceExternalIPs") {
            let message = "DenyServiceExternalIPs is not run: a Service may claim any address";
            out.push(CHECK.at(&place, message));
        }
    }
}
