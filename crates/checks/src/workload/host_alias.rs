//! Entries in /etc/hosts win over DNS, silently.

use finding::{Fix, Severity};
use model::{Kinds, Node};

use crate::check::Framework::Owasp;
use crate::check::{Cel, Check, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};

pub(crate) const CHECK: Check = Check {
    id: "host-alias",
    title: "Pod overrides names by host aliases",
    severity: Severity::Low,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[Owasp("K01")],
    peers: &[Peer::Kubesec("HostAliases"), Peer::Trivy("KSV-0007")],
    effort: Hours(1),
    fix: Fix::Review("Give the name to DNS: a Service, or a record"),
    cel: Cel::Exact(
        "!has(variables.podSpec.hostAliases) || variables.podSpec.hostAliases.all(a, \
         !has(a.hostnames) || size(a.hostnames) == 0)",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("host_alias.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads() {
        let aliases = workload.spec().get("hostAliases").into_iter().flat_map(Node::items);
        let names = aliases.filter_map(|it| it.get("hostnames")).flat_map(Node::strings);
        let names: Vec<&str> = names.collect();
        if !names.is_empty() {
            let message = format!("the pod answers for {} by itself, past DNS", names.join(", "));
            out.push(CHECK.at(&workload.place("hostAliases"), message));
        }
    }
}
