//! What scales a workload, and between which bounds.

use std::collections::BTreeMap;

use model::kinds::{self, Kind, namespaced};
use model::tree::{Node, Type};
use model::{Kinds, Object, Workload};

use crate::context::Cx;
use crate::reading::controller;

/// `ScaledObject` of KEDA, which makes an autoscaler of its own.
pub(crate) const SCALED_OBJECT: Kind = namespaced("keda.sh", "ScaledObject", "scaledobjects");

/// The kinds that scale workloads.
pub(crate) const SCALING: &[Kind] = &[kinds::HORIZONTAL_POD_AUTOSCALER, SCALED_OBJECT];

/// What says how many pods of a kind run: workloads, and what scales them.
pub(crate) const SCALED_PODS: &[Kind] =
    &kinds::joined::<{ SCALING.len() + WORKLOADS.len() }>(SCALING, WORKLOADS);

const WORKLOADS: &[Kind] = Kinds::WORKLOADS.built_in();

/// One autoscaler.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Autoscaler<'a> {
    object: &'a Object,
}

/// Autoscalers by namespace, kind and name of what they scale.
#[derive(Debug)]
pub(crate) struct Autoscalers<'a>(BTreeMap<[&'a str; 3], Autoscaler<'a>>);

impl<'a> Autoscaler<'a> {
    /// An object that scales something.
    pub(crate) fn new(object: &'a Object) -> Self {
        Self { object }
    }

    /// The object.
    pub(crate) fn object(self) -> &'a Object {
        self.object
    }

    /// The kind and the name of what it scales.
    pub(crate) fn target(self) -> Option<[&'a str; 2]> {
        let target = self.object.get("spec.scaleTargetRef")?;
        let text = |key| target.get(key).and_then(Node::as_text);
        let kind = text("kind").or_else(|| self.is_of_keda().then_some("Deployment"));
        Some([kind?, text("name")?])
    }

    /// The fewest pods it keeps: one, or with KEDA none, where it does not say.
    pub(crate) fn least(self) -> Option<i64> {
        let (path, default) =
            if self.is_of_keda() { ("spec.minReplicaCount", 0) } else { ("spec.minReplicas", 1) };
        match self.object.get(path) {
            Some(node) if node.kind() != Type::Null => node.as_i64(),
            _ => Some(default),
        }
    }

    /// The most pods it runs.
    pub(crate) fn most(self) -> Option<i64> {
        if self.is_of_keda() {
            return self.object.get("spec.maxReplicaCount").map_or(Some(100), Node::as_i64);
        }
        self.object.get("spec.maxReplicas").and_then(Node::as_i64)
    }

    fn is_of_keda(self) -> bool {
        self.object.group() == SCALED_OBJECT.group
    }
}

impl<'a> Autoscalers<'a> {
    /// The autoscalers of an inventory.
    pub(crate) fn of(cx: &Cx<'a>) -> Self {
        let objects = SCALING.iter().flat_map(|kind| cx.inventory().of(*kind));
        let scaling = objects.map(Autoscaler::new).filter_map(|it| {
            let [kind, name] = it.target()?;
            Some(([namespace(it.object()), kind, name], it))
        });
        Self(scaling.collect())
    }

    /// What scales an object.
    pub(crate) fn of_object(&self, object: &Object) -> Option<Autoscaler<'a>> {
        self.0.get(&[namespace(object), object.kind(), object.name()]).copied()
    }

    /// The fewest pods of a workload that are meant to run: what its autoscaler keeps, or else what
    /// it asks for itself.
    pub(crate) fn least(&self, workload: &Workload<'_>) -> Option<i64> {
        match self.of_object(workload.object()) {
            Some(autoscaler) => autoscaler.least(),
            None => controller::replicas(workload.object()),
        }
    }
}

/// Of a custom kind that names none, the namespace is the default one.
fn namespace(object: &Object) -> &str {
    object.id().namespace.as_deref().unwrap_or("default")
}
