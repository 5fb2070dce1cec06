//! At night, when the autoscaler runs its fewest pods, none of them may be evicted.

use finding::{Fix, Severity};
use model::{Kinds, Place, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::autoscaler::{Autoscalers, SCALED_PODS};
use crate::reading::budget::{Amount, Budget, allow_one};

pub(crate) const CHECK: Check = Check {
    id: "budget-above-autoscaler",
    title: "Disruption budget keeps all pods that the autoscaler may leave",
    severity: Severity::Low,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Namespace,
    sees: SCALED_PODS,
    peers: &[Peer::Polaris("pdbMinAvailableGreaterThanHPAMinReplicas")],
    effort: Hours(1),
    fix: Fix::Review("Set `maxUnavailable: 1`, or a greater `minReplicas`"),
    edit: Edit::By(allow_one),
    cel: Cel::Refused("the bounds of the autoscaler stand in another object"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::POD_DISRUPTION_BUDGET]),
        include_str!("budget_above_autoscaler.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let (pods, autoscalers) = (cx.pods(), Autoscalers::of(cx));
    for budget in Budget::all(cx) {
        let Some((node, amount)) = budget.amount("minAvailable") else { continue };
        let workloads = budget.workloads(pods);
        let mut scaling = workloads.iter().filter_map(|it| autoscalers.of_object(it.object()));
        let Some(autoscaler) = scaling.next() else { continue };
        let least = budget.least(pods, &autoscalers).filter(|it| *it > 0);
        let Some(least) = least.filter(|it| amount.of(*it) >= *it) else { continue };
        if matches!(amount, Amount::Percent(100..)) {
            continue;
        }
        let (name, kept) = (autoscaler.object().name(), node.text());
        let message = format!(
            "autoscaler {name} may leave {least} of the pods: minAvailable of {kept} keeps as many"
        );
        out.push(CHECK.at(&Place::of(budget.object(), node), message));
    }
}
