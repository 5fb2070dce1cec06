//! Ports and addresses of a pod that go around its proxy.

use finding::{Fix, Severity};
use model::{Kinds, Place};

use crate::check::Framework::{Attack, Nsa, Owasp};
use crate::check::{self, Cel, Check, Hours, Layer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "mesh-bypass",
    title: "Connections of a pod go around the mesh",
    severity: Severity::Low,
    ring: Ring::Three,
    layer: Layer::Cluster,
    scope: Scope::Object,
    frameworks: &[Attack("T1040"), Nsa(check::Nsa::Network), Owasp("K07")],
    effort: Hours(2),
    fix: Fix::Review("Remove the annotation, and tell the mesh the protocol of the port instead"),
    cel: Cel::Refused(
        "the annotations of the pod template are not among the variables of a policy",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("mesh_bypass.md"))
};

/// Annotations of pods that list what goes around the proxy, and which way it goes.
const AROUND: &[(&str, &str)] = &[
    ("config.linkerd.io/skip-inbound-ports", "to"),
    ("config.linkerd.io/skip-outbound-ports", "from"),
    ("consul.hashicorp.com/transparent-proxy-exclude-inbound-ports", "to"),
    ("consul.hashicorp.com/transparent-proxy-exclude-outbound-cidrs", "from"),
    ("consul.hashicorp.com/transparent-proxy-exclude-outbound-ports", "from"),
    ("traffic.sidecar.istio.io/excludeInboundPorts", "to"),
    ("traffic.sidecar.istio.io/excludeOutboundIPRanges", "from"),
    ("traffic.sidecar.istio.io/excludeOutboundPorts", "from"),
];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads() {
        let Some(annotations) = workload.annotations() else { continue };
        for (key, way) in AROUND {
            let is_ports = key.ends_with("orts");
            let Some(list) = annotations.get(key).filter(|it| is_list(it.text(), is_ports)) else {
                continue;
            };
            let text = list.text();
            let what = if is_ports { format!("port {text}") } else { text.to_owned() };
            let (object, name) = (workload.object(), workload.object().name());
            let message = format!("connections {way} {name} go around the mesh: {what}");
            out.push(CHECK.at(&Place::of(object, list), message));
        }
    }
}

/// Whether it lists ports, as numbers and ranges of them, or ranges of addresses: the injector of a
/// mesh refuses anything else.
fn is_list(text: &str, is_ports: bool) -> bool {
    let is_port = |it: &str| it.split('-').all(|number| number.trim().parse::<u16>().is_ok());
    text.split(',')
        .map(str::trim)
        .any(|it| if is_ports { is_port(it) } else { it.contains(['.', ':']) })
}
