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
pub(crate) struct Autoscalers<'a>(BTreeMap<[&'a str; 3], Vec<Scaling<'a>>>);

/// An autoscaler, and where what it scales stands that is the nearest.
#[derive(Debug)]
struct Scaling<'a> {
    autoscaler: Autoscaler<'a>,
    nearest: Distance,
}

/// How far two objects are apart in the input. What a cluster gave is all in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Distance {
    File,
    Folder,
    Input,
}

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
        let mut by_target: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let objects = SCALING.iter().flat_map(|kind| cx.inventory().of(*kind));
        for autoscaler in objects.map(Autoscaler::new) {
            let Some([kind, name]) = autoscaler.target() else { continue };
            let target = [namespace(autoscaler.object()), kind, name];
            let scaling = Scaling { autoscaler, nearest: Distance::Input };
            by_target.entry(target).or_default().push(scaling);
        }
        for object in cx.inventory().objects() {
            for it in by_target.get_mut(&id(object)).into_iter().flatten() {
                it.nearest = it.nearest.min(Distance::of(it.autoscaler.object(), object));
            }
        }
        Self(by_target)
    }

    /// What scales an object. Of several objects of one name, which are variants of one program, an
    /// autoscaler scales those that are the nearest to it.
    pub(crate) fn of_object(&self, object: &Object) -> Option<Autoscaler<'a>> {
        let distance = |it: &Scaling<'_>| Distance::of(it.autoscaler.object(), object);
        let all = self.0.get(&id(object)).into_iter().flatten();
        let nearest = all.filter(|it| distance(it) == it.nearest).min_by_key(|it| distance(it));
        nearest.map(|it| it.autoscaler)
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

impl Distance {
    fn of(one: &Object, other: &Object) -> Self {
        let [one, other] = [one, other].map(|it| it.origin().file().unwrap_or_default());
        let folder = |file: &str| file.rfind('/');
        match (folder(one), folder(other)) {
            _ if one == other => Distance::File,
            (Some(a), Some(b)) if one.get(..a) == other.get(..b) => Distance::Folder,
            (None, None) => Distance::Folder,
            _ => Distance::Input,
        }
    }
}

fn id(object: &Object) -> [&str; 3] {
    [namespace(object), object.kind(), object.name()]
}

/// Of a custom kind that names none, the namespace is the default one.
fn namespace(object: &Object) -> &str {
    object.id().namespace.as_deref().unwrap_or("default")
}

#[cfg(test)]
mod tests {
    use collect::manifests;
    use jiff::civil::date;
    use model::Inventory;

    use super::{Autoscalers, Cx};
    use crate::context::{Parameters, Version};

    const DEPLOYMENT: &str = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n";
    const AUTOSCALER: &str = "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\n\
                              metadata: {name: web}\n\
                              spec: {scaleTargetRef: {kind: Deployment, name: web}}\n";

    /// For each Deployment of some files, in order, whether an autoscaler scales it.
    fn scaled(files: &[(&str, String)]) -> Vec<bool> {
        let read = |(file, text): &(&str, String)| {
            manifests::read_text(file, text.clone().into_bytes(), &|_| true).objects
        };
        let inventory = Inventory::new(files.iter().flat_map(read).collect());
        let parameters = Parameters::default();
        let cx = Cx::new(&inventory, date(2026, 1, 1), Version::DEFAULT, &parameters);
        let autoscalers = Autoscalers::of(&cx);
        let deployments = inventory.named("apps", "Deployment");
        deployments.map(|it| autoscalers.of_object(it).is_some()).collect()
    }

    #[test]
    fn an_autoscaler_beside_its_target_scales_no_namesake_in_another_file() {
        let both = format!("{DEPLOYMENT}---\n{AUTOSCALER}");
        let files = [("with.yaml", both), ("without.yaml", DEPLOYMENT.to_owned())];
        assert_eq!(scaled(&files), [true, false]);
    }

    #[test]
    fn an_autoscaler_in_a_file_of_its_own_scales_its_target() {
        let files = [("web.yaml", DEPLOYMENT.to_owned()), ("hpa.yaml", AUTOSCALER.to_owned())];
        assert_eq!(scaled(&files), [true]);
        let files = [("a/web.yaml", DEPLOYMENT.to_owned()), ("b/hpa.yaml", AUTOSCALER.to_owned())];
        assert_eq!(scaled(&files), [true]);
    }

    #[test]
    fn an_autoscaler_scales_no_namesake_in_a_folder_farther_away() {
        let deployment = DEPLOYMENT.to_owned();
        let files = [
            ("a/web.yaml", deployment.clone()),
            ("a/hpa.yaml", AUTOSCALER.to_owned()),
            ("b/web.yaml", deployment),
        ];
        assert_eq!(scaled(&files), [true, false]);
    }
}
