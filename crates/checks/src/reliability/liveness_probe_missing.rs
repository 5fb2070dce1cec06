//! A program that hangs and that nobody asks hangs for ever.

use finding::{Fix, Severity};
use model::Kinds;

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::reading::allowance::stays;
use crate::reading::controller::is_endless;
use crate::reading::idle::is_idle;
use crate::reading::probe;

pub(crate) const CHECK: Check = Check {
    id: "liveness-probe-missing",
    title: "Nobody notices when the program hangs",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Container,
    dimension: Dimension::Monitoring,
    scope: Scope::Object,
    peers: &[
        Peer::Checkov("CKV_K8S_8"),
        Peer::KubeLinter("no-liveness-probe"),
        Peer::KubeScore("pod-probes"),
        Peer::Kubescape("C-0056"),
        Peer::Polaris("livenessProbeMissing"),
    ],
    effort: Hours(4),
    fix: Fix::Manual("Add a liveness probe that asks the program and nothing behind it"),
    cel: Cel::Widened(
        "!(object.kind in ['DaemonSet', 'Deployment', 'ReplicaSet', 'ReplicationController', \
         'Rollout', 'StatefulSet']) \
         || has(variables.podSpec.restartPolicy) && variables.podSpec.restartPolicy != 'Always' \
         || variables.containers.size() == 0 \
         || variables.containers.exists(c, has(c.livenessProbe) && c.livenessProbe != null)",
        "a container that only sleeps is refused too",
    ),
    run,
    ..Check::on(Kinds::WORKLOADS, include_str!("liveness_probe_missing.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    for workload in cx.workloads().filter(|it| is_endless(*it) && it.object().kind() != "Pod") {
        if probe::has(workload, "livenessProbe") {
            continue;
        }
        let mut lasting = workload.containers().filter(stays);
        let Some(first) = lasting.find(|it| !is_idle(it)) else { continue };
        let message = "no container has a liveness probe: a program that hangs is never restarted";
        out.push(CHECK.at(&first.place("livenessProbe"), message));
    }
}
