//! Each time the manifest is applied, what the autoscaler did is undone.

use finding::{Fix, Severity};
use model::{Kinds, Object, Type, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::autoscaler::{Autoscalers, SCALING};

pub(crate) const CHECK: Check = Check {
    id: "replicas-against-autoscaler",
    title: "Manifest undoes what the autoscaler did",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Namespace,
    sees: SCALING,
    peers: &[Peer::KubeScore("deployment-targeted-by-hpa-does-not-have-replicas-configured")],
    effort: Hours(1),
    fix: Fix::Review("Delete `replicas` from the manifest"),
    edit: Edit::Remove,
    cel: Cel::Refused("the autoscaler is another object, and a stored object always has replicas"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::DEPLOYMENT, kinds::STATEFUL_SET]),
        include_str!("replicas_against_autoscaler.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let autoscalers = Autoscalers::of(cx);
    for object in cx.inventory().of_any(CHECK.kinds).filter(|it| is_written_by_hand(it)) {
        let replicas = object.get("spec.replicas").filter(|it| it.kind() == Type::Int);
        // Nothing is undone where nothing runs: an autoscaler leaves zero alone.
        let sets = replicas.and_then(model::Node::as_i64).is_some_and(|it| it != 0);
        let Some(autoscaler) = autoscalers.of_object(object).filter(|_| sets) else { continue };
        let message = format!(
            "each time this is applied, what autoscaler {} did is undone",
            autoscaler.object().name()
        );
        out.push(CHECK.at(&object.place("spec.replicas"), message));
    }
}

/// What a cluster holds, or was written out from it, always has a number.
fn is_written_by_hand(object: &Object) -> bool {
    object.origin().file().is_some() && object.get("metadata.uid").is_none()
}
