//! The kubelet calls what a probe names, from the node's own address.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::Framework::{Attack, Nsa, Owasp, Pss};
use crate::check::{self, Cel, Check, Hours, Layer, Profile, Ring, Scope};
use crate::context::{Cx, Findings, Version};
use crate::edit::Edit;

pub(crate) const CHECK: Check = Check {
    id: "host-probe",
    title: "Probe calls another host",
    severity: Severity::Medium,
    ring: Ring::Two,
    layer: Layer::Container,
    scope: Scope::Object,
    frameworks: &[
        Attack("T1046"),
        Nsa(check::Nsa::PodSecurity),
        Owasp("K01"),
        Pss(Profile::Baseline),
    ],
    effort: Hours(1),
    fix: Fix::Review("Delete `host`: the kubelet then calls the pod"),
    edit: Edit::Remove,
    cel: Cel::Exact(
        "has(variables.podSpec.hostNetwork) && variables.podSpec.hostNetwork || \
         variables.containers.all(c, !(has(c.livenessProbe) && has(c.livenessProbe.httpGet) \
         && has(c.livenessProbe.httpGet.host) && c.livenessProbe.httpGet.host != '') && \
         !(has(c.livenessProbe) && has(c.livenessProbe.tcpSocket) && \
         has(c.livenessProbe.tcpSocket.host) && c.livenessProbe.tcpSocket.host != '') && \
         !(has(c.readinessProbe) && has(c.readinessProbe.httpGet) && \
         has(c.readinessProbe.httpGet.host) && c.readinessProbe.httpGet.host != '') && \
         !(has(c.readinessProbe) && has(c.readinessProbe.tcpSocket) && \
         has(c.readinessProbe.tcpSocket.host) && c.readinessProbe.tcpSocket.host != '') && \
         !(has(c.startupProbe) && has(c.startupProbe.httpGet) && \
         has(c.startupProbe.httpGet.host) && c.startupProbe.httpGet.host != '') && \
         !(has(c.startupProbe) && has(c.startupProbe.tcpSocket) && \
         has(c.startupProbe.tcpSocket.host) && c.startupProbe.tcpSocket.host != '') && \
         !(has(c.lifecycle) && has(c.lifecycle.postStart) && \
         has(c.lifecycle.postStart.httpGet) && has(c.lifecycle.postStart.httpGet.host) && \
         c.lifecycle.postStart.httpGet.host != '') && !(has(c.lifecycle) && \
         has(c.lifecycle.postStart) && has(c.lifecycle.postStart.tcpSocket) && \
         has(c.lifecycle.postStart.tcpSocket.host) && c.lifecycle.postStart.tcpSocket.host \
         != '') && !(has(c.lifecycle) && has(c.lifecycle.preStop) && \
         has(c.lifecycle.preStop.httpGet) && has(c.lifecycle.preStop.httpGet.host) && \
         c.lifecycle.preStop.httpGet.host != '') && !(has(c.lifecycle) && \
         has(c.lifecycle.preStop) && has(c.lifecycle.preStop.tcpSocket) && \
         has(c.lifecycle.preStop.tcpSocket.host) && c.lifecycle.preStop.tcpSocket.host != \
         ''))",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("host_probe.md"))
};

/// The first version whose standard forbids it.
const FORBIDDEN_SINCE: Version = Version { minor: 34 };

const HANDLERS: [&str; 5] =
    ["livenessProbe", "readinessProbe", "startupProbe", "lifecycle.postStart", "lifecycle.preStop"];

fn run(cx: &Cx<'_>, out: &mut Findings) {
    if cx.kubernetes() < FORBIDDEN_SINCE {
        return;
    }
    // On the network of the node the pod calls whatever the kubelet calls.
    for container in cx.containers().filter(|it| !it.workload().flag("hostNetwork")) {
        for (handler, node) in HANDLERS.iter().filter_map(|it| Some((it, container.node().at(it)?)))
        {
            let hosts = ["httpGet.host", "tcpSocket.host"].into_iter().filter_map(|it| node.at(it));
            for host in hosts.filter(|host| host.as_text().is_some()) {
                let (name, text) = (container.name(), host.text());
                let message = format!("{handler} of container {name} makes the node call {text}");
                out.push(CHECK.at(&container.place_of(host), message));
            }
        }
    }
}
