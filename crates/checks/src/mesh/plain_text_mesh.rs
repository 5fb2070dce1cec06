//! A mesh that takes plain text beside its own encrypted connections.

use finding::{Change, Fix, Severity};
use model::kinds::{Kind, cluster, namespaced};
use model::tree::Node;
use model::{Kinds, Object, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Audience, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::istio::PEER_AUTHENTICATION;

pub(crate) const CHECK: Check = Check {
    id: "plain-text-mesh",
    title: "Mesh takes connections in plain text",
    severity: Severity::Medium,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    audience: Audience::Platform,
    frameworks: &[Attack("T1040"), Attack("T1557"), Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(8),
    fix: Fix::Review("Set mTLS to strict, once every caller is in the mesh"),
    edit: Edit::By(be_strict),
    cel: Cel::Refused(
        "each mesh says it in a field of its own, and one expression serves one kind",
    ),
    run,
    ..Check::on(JUDGED, include_str!("plain_text_mesh.md"))
};

const CONSUL: &str = "consul.hashicorp.com";
const SERVICE_DEFAULTS: Kind = namespaced(CONSUL, "ServiceDefaults", "servicedefaults");
const PROXY_DEFAULTS: Kind = cluster(CONSUL, "ProxyDefaults", "proxydefaults");
const JUDGED: Kinds = Kinds::of(&[PEER_AUTHENTICATION, SERVICE_DEFAULTS, PROXY_DEFAULTS]);

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for object in cx.inventory().of_any(JUDGED) {
        for (node, of) in modes(object) {
            let word = node.as_str().unwrap_or_default();
            let takes = match word {
                "PERMISSIVE" | "permissive" => "plain text beside mTLS",
                "DISABLE" => "plain text alone",
                _ => continue,
            };
            let message = format!("{of} of {} takes {takes}", object.name());
            out.push(CHECK.at(&Place::of(object, node), message));
        }
    }
}

/// Where it says how it takes connections, and for what.
fn modes(object: &Object) -> Vec<(Node<'_>, String)> {
    if object.group() == CONSUL {
        let mode = object.get("spec.mutualTLSMode");
        return mode.map(|mode| (mode, "the proxy".to_owned())).into_iter().collect();
    }
    let all = object.get("spec.mtls.mode").map(|mode| (mode, "every port".to_owned()));
    let ports = object.get("spec.portLevelMtls").into_iter().flat_map(Node::entries);
    let ports = ports.filter_map(|port| Some((port.get("mode")?, format!("port {}", port.key()))));
    all.into_iter().chain(ports).collect()
}

fn be_strict(flaw: &Flaw<'_>) -> Vec<Change> {
    let is_consul = flaw.object().group() == CONSUL;
    vec![Change::set(flaw.path(), if is_consul { "\"strict\"" } else { "\"STRICT\"" })]
}
