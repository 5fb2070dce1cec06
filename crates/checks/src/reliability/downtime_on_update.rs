//! An update that ends all old pods before new ones answer.

use finding::{Change, Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, Workload, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::autoscaler::{Autoscalers, SCALING};
use crate::reading::budget::Amount;

pub(crate) const CHECK: Check = Check {
    id: "downtime-on-update",
    title: "Every update is an outage",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Applications,
    scope: Scope::Namespace,
    sees: &[kinds::SERVICE, SCALING[0], SCALING[1]],
    peers: &[
        Peer::KubeLinter("no-rolling-update-strategy"),
        Peer::KubeScore("deployment-strategy"),
        Peer::Kubescape("C-0305"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Update with `RollingUpdate`, and a `maxUnavailable` of 25%"),
    edit: Edit::By(mend),
    cel: Cel::Refused("whether anybody calls the pods stands in Services"),
    run,
    ..Check::on(Kinds::of(&[kinds::DEPLOYMENT]), include_str!("downtime_on_update.md"))
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let (services, autoscalers) = (cx.services(), Autoscalers::of(cx));
    for workload in cx.workloads().filter(|it| it.object().is(CHECK.kinds)) {
        if takes_port(workload) {
            continue;
        }
        let least = autoscalers.least(&workload);
        let ends_all = recreates(workload).or_else(|| allows_none(workload, least?));
        let Some((node, how)) = ends_all else { continue };
        if let Some(service) = services.selecting(workload).next() {
            let message = format!("an update {how}: Service {} is away meanwhile", service.name());
            out.push(CHECK.at(&Place::of(workload.object(), node), message));
        }
    }
}

/// Whether a second pod may find no place beside the first: a port of the node can be had once.
fn takes_port(workload: Workload<'_>) -> bool {
    let mut ports = workload.containers().flat_map(|it| it.ports().collect::<Vec<_>>());
    let is_of_node = |it: Node<'_>| it.get("hostPort").and_then(Node::as_i64);
    workload.flag("hostNetwork") || ports.any(|it| is_of_node(it).is_some_and(|it| it > 0))
}

/// A volume that one pod may mount at a time leaves no other way.
fn recreates(workload: Workload<'_>) -> Option<(Node<'_>, &'static str)> {
    let strategy = workload.object().get("spec.strategy.type")?;
    let mut volumes = workload.spec().get("volumes").into_iter().flat_map(Node::items);
    let holds_one = volumes.any(|it| it.get("persistentVolumeClaim").is_some());
    let recreates = strategy.as_str() == Some("Recreate") && !holds_one;
    recreates.then_some((strategy, "ends every pod before it starts one"))
}

fn allows_none(workload: Workload<'_>, pods: i64) -> Option<(Node<'_>, &'static str)> {
    let node = workload.object().get("spec.strategy.rollingUpdate.maxUnavailable")?;
    let all = match Amount::read(node)? {
        Amount::Percent(part) => part >= 100,
        Amount::Pods(number) => pods > 0 && number >= pods,
    };
    all.then_some((node, "may end every pod at once"))
}

/// Volumes that each pod has for itself, or may only read.
const OWN: [&str; 6] = ["configMap", "downwardAPI", "emptyDir", "image", "projected", "secret"];

/// Sets what Kubernetes does by default, unless the pods hold what two may not write to at a time.
fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let is_type = flaw.node().is_some_and(|it| it.key() == "type");
    let volumes = Workload::all_of(flaw.object()).next().and_then(|it| it.spec().get("volumes"));
    let is_own = |it: Node<'_>| OWN.iter().any(|kind| it.get(kind).is_some());
    if is_type && !volumes.into_iter().flat_map(Node::items).all(is_own) {
        return Vec::new();
    }
    let default = if is_type { "\"RollingUpdate\"" } else { "\"25%\"" };
    vec![Change::set(flaw.path(), default)]
}
