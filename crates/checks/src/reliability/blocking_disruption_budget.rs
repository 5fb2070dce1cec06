//! A budget that no eviction ever meets keeps its nodes from being drained.

use finding::{Fix, Severity};
use model::tree::Node;
use model::{Kinds, Place, kinds};

use crate::check::{Cel, Check, Dimension, Hours, Layer, Peer, Ring, Scope};
use crate::context::{Cx, Findings};
use crate::edit::Edit;
use crate::reading::autoscaler::{Autoscalers, SCALED_PODS};
use crate::reading::budget::{Amount, Budget, allow_one};
use crate::reading::selection::Pods;

pub(crate) const CHECK: Check = Check {
    id: "blocking-disruption-budget",
    title: "Disruption budget allows no eviction",
    severity: Severity::Medium,
    ring: Ring::Four,
    layer: Layer::Cluster,
    dimension: Dimension::Scalability,
    scope: Scope::Namespace,
    sees: SCALED_PODS,
    peers: &[
        Peer::KubeLinter("pdb-max-unavailable"),
        Peer::KubeLinter("pdb-min-available"),
        Peer::Polaris("pdbDisruptionsIsZero"),
    ],
    effort: Hours(1),
    fix: Fix::Review("Allow one pod to be away: `maxUnavailable: 1`"),
    edit: Edit::By(allow_one),
    cel: Cel::Refused("how many pods run stands in other objects"),
    run,
    ..Check::on(
        Kinds::of(&[kinds::POD_DISRUPTION_BUDGET]),
        include_str!("blocking_disruption_budget.md"),
    )
};

fn run(cx: &Cx<'_>, out: &mut Findings) {
    let (pods, autoscalers) = (cx.pods(), Autoscalers::of(cx));
    for budget in Budget::all(cx) {
        let forbids = never(&budget).or_else(|| by_count(&budget, pods, &autoscalers));
        if let Some((node, message)) = forbids {
            out.push(CHECK.at(&Place::of(budget.object(), node), message));
        }
    }
}

/// What forbids evictions however many pods there are.
fn never<'a>(budget: &Budget<'a>) -> Option<(Node<'a>, String)> {
    let nobody = budget.amount("maxUnavailable").filter(|(_, amount)| amount.of(100) <= 0);
    let all = || {
        let is_all = |amount: Amount| matches!(amount, Amount::Percent(100..));
        budget.amount("minAvailable").filter(|(_, amount)| is_all(*amount))
    };
    let (node, _) = nobody.or_else(all)?;
    Some((node, format!("{} of {} allows no eviction at all", node.key(), node.text())))
}

/// What forbids evictions because no more pods than these run. Where an autoscaler may run more, it
/// is for a check of its own.
fn by_count<'a>(
    budget: &Budget<'a>,
    pods: &Pods<'a>,
    autoscalers: &Autoscalers<'a>,
) -> Option<(Node<'a>, String)> {
    let (node, amount) = budget.amount("minAvailable")?;
    let is_scaled = |it: &model::Workload<'_>| autoscalers.of_object(it.object()).is_some();
    if budget.workloads(pods).iter().any(is_scaled) {
        return None;
    }
    let running = budget.least(pods, autoscalers).filter(|it| *it > 0)?;
    let message = format!(
        "minAvailable of {} keeps all pods where {running} run: no eviction is allowed",
        node.text()
    );
    (amount.of(running) >= running).then_some((node, message))
}
