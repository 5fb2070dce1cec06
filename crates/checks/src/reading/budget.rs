//! How many pods a disruption budget keeps.

use finding::Change;
use model::kinds;
use model::tree::{Node, Type};
use model::{Object, Selecting, Selector, Selects, Workload};

use crate::context::Cx;
use crate::edit::Flaw;
use crate::reading::autoscaler::Autoscalers;
use crate::reading::controller::is_counted_above;
use crate::reading::selection::Pods;

/// A number of pods, or a part of them in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// So many pods.
    Pods(i64),
    /// So many of a hundred.
    Percent(i64),
}

/// A disruption budget.
#[derive(Clone, Debug)]
pub(crate) struct Budget<'a> {
    object: &'a Object,
    selector: Selector<'a>,
}

/// The budgets of an inventory, by the pods they hold for.
#[derive(Debug)]
pub(crate) struct Budgets<'a>(Selecting<'a, Budget<'a>>);

impl<'a> Selects<'a> for Budget<'a> {
    fn namespace(&self) -> &'a str {
        self.object.namespace()
    }

    fn selector(&self) -> &Selector<'a> {
        &self.selector
    }
}

impl<'a> Budgets<'a> {
    /// The budgets of an inventory.
    pub(crate) fn of(cx: &Cx<'a>) -> Self {
        Self(Budget::all(cx).collect())
    }

    /// Whether one of them holds for the pods of a workload.
    pub(crate) fn hold_for(&self, workload: &Workload<'_>) -> bool {
        self.0.selecting(workload.namespace(), workload.labels()).next().is_some()
    }
}

impl Amount {
    /// Reads a number or a percentage.
    pub(crate) fn read(node: Node<'_>) -> Option<Self> {
        let percent = || node.as_str()?.strip_suffix('%')?.parse().ok().map(Amount::Percent);
        node.as_i64().map(Amount::Pods).or_else(percent)
    }

    /// How many of so many pods it is, rounded up.
    pub(crate) fn of(self, pods: i64) -> i64 {
        match self {
            Amount::Pods(number) => number,
            Amount::Percent(part) => part.saturating_mul(pods).saturating_add(99) / 100,
        }
    }
}

impl<'a> Budget<'a> {
    /// The budgets of an inventory.
    pub(crate) fn all(cx: &Cx<'a>) -> impl Iterator<Item = Self> + use<'a> {
        cx.inventory().of(kinds::POD_DISRUPTION_BUDGET).map(Self::new)
    }

    /// Without a selector it holds for no pod; an empty one holds for all since `policy/v1`.
    fn new(object: &'a Object) -> Self {
        let is_old = &*object.id().api_version == "policy/v1beta1";
        let selector = object.get("spec.selector").filter(|it| it.kind() != Type::Null);
        let selector = selector.map(Selector::read).filter(|it| !(is_old && it.is_empty()));
        Self { object, selector: selector.unwrap_or_else(Selector::nothing) }
    }

    /// The object.
    pub(crate) fn object(&self) -> &'a Object {
        self.object
    }

    /// One of its amounts and where it stands: `minAvailable` or `maxUnavailable`.
    pub(crate) fn amount(&self, field: &str) -> Option<(Node<'a>, Amount)> {
        let node = self.object.get("spec")?.get(field)?;
        Some((node, Amount::read(node)?))
    }

    /// Whether it can hold for no pod at all, whatever there is.
    pub(crate) fn is_for_nobody(&self) -> bool {
        self.selector.is_nothing()
    }

    /// The workloads it holds for.
    pub(crate) fn workloads(&self, pods: &Pods<'a>) -> Vec<Workload<'a>> {
        pods.selected(self.object.namespace(), &self.selector).collect()
    }

    /// The fewest pods that it is meant to hold for; nothing where that is not known of each
    /// workload, or there is none.
    pub(crate) fn least(&self, pods: &Pods<'a>, autoscalers: &Autoscalers<'a>) -> Option<i64> {
        let workloads = self.workloads(pods);
        let counted = workloads.iter().filter(|it| !is_counted_above(it.object()));
        let counts: Option<Vec<i64>> = counted.map(|it| autoscalers.least(it)).collect();
        counts.filter(|it| !it.is_empty()).map(|it| it.iter().sum())
    }
}

/// What lets one pod of a budget be away, however many there are.
pub(crate) fn allow_one(flaw: &Flaw<'_>) -> Vec<Change> {
    let least = flaw.object().get("spec.minAvailable").map(|it| Change::remove(it.path()));
    [Change::set("spec.maxUnavailable", "1")].into_iter().chain(least).collect()
}
