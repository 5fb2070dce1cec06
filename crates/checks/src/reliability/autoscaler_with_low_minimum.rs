//! An autoscaler that leaves a single pod leaves none when that one goes.

use finding::{Change, Fix, Severity};
use model::{Kinds, Node, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Parameter, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::{Edit, Flaw};
use crate::reading::autoscaler::Autoscaler;

pub(crate) const CHECK: Check = Check {
    id: "autoscaler-with-low-minimum",
    title: "Autoscaler may leave a single pod",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Object,
    parameters: &[Parameter {
        name: "minimum",
        default: &["2"],
        about: "The fewest pods that an autoscaler may leave.",
    }],
    peers: &[
        Peer::KubeLinter("hpa-minimum-three-replicas"),
        Peer::KubeScore("horizontalpodautoscaler-replicas"),
        Peer::Polaris("hpaMinAvailability"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Set `minReplicas` to 2"),
    edit: Edit::By(mend),
    cel: Cel::Exact(
        "has(object.spec.minReplicas) && object.spec.minReplicas != null \
         && (object.spec.minReplicas == 0 || object.spec.minReplicas >= 2)",
    ),
    run,
    ..Check::on(
        Kinds::of(&[kinds::HORIZONTAL_POD_AUTOSCALER]),
        include_str!("autoscaler_with_low_minimum.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let minimum = CHECK.words(cx, "minimum").first().and_then(|it| it.parse().ok()).unwrap_or(2);
    for object in cx.inventory().of(kinds::HORIZONTAL_POD_AUTOSCALER) {
        let least = Autoscaler::new(object).least();
        if let Some(least) = least.filter(|it| 0 < *it && *it < minimum) {
            let pods = if least == 1 { "pod" } else { "pods" };
            let message = format!("when little is to do, {least} {pods} are left, not {minimum}");
            let message = message.replace("1 pod are", "a single pod is");
            out.push(CHECK.at(&object.place("spec.minReplicas"), message));
        }
    }
}

fn mend(flaw: &Flaw<'_>) -> Vec<Change> {
    let object = flaw.object();
    let most = object.get("spec.maxReplicas").and_then(Node::as_i64);
    let has_room = most.is_none_or(|it| it >= 2);
    let is_less = Autoscaler::new(object).least().is_some_and(|it| it < 2);
    (has_room && is_less).then(|| Change::set(flaw.path(), "2")).into_iter().collect()
}
