//! What can be asked of an object that the two judge differently.

use model::{Container, Inventory, Node, Object, Role, Workload, quantity};

/// An object, and what stands beside it.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) inventory: &'a Inventory,
    pub(crate) object: &'a Object,
}

impl<'a> Case<'a> {
    pub(crate) fn workload(self) -> Option<Workload<'a>> {
        self.inventory.workloads().find(|it| std::ptr::eq(it.object(), self.object))
    }

    /// The containers that both look at.
    pub(crate) fn containers(self) -> Vec<Container<'a>> {
        let all = self.workload().into_iter().flat_map(Workload::containers);
        all.filter(|it| it.role() != Role::Ephemeral).collect()
    }

    /// A field of the pods.
    pub(crate) fn of_pod(self, path: &str) -> Option<Node<'a>> {
        self.workload()?.spec().at(path)
    }

    pub(crate) fn volumes(self) -> Vec<Node<'a>> {
        self.of_pod("volumes").into_iter().flat_map(Node::items).collect()
    }

    /// Whether an object of a kind in the same namespace is as it should be.
    pub(crate) fn beside(self, kind: &str, is_it: impl Fn(&'a Object) -> bool) -> bool {
        self.all_beside(kind).any(is_it)
    }

    fn all_beside(self, kind: &str) -> impl Iterator<Item = &'a Object> {
        let namespace = self.object.namespace();
        let others = self.inventory.objects().filter(move |it| it.kind() == kind);
        others.filter(move |it| it.namespace() == namespace)
    }

    /// How many pods run at least, as far as it is said.
    pub(crate) fn least(self) -> i64 {
        let number = |it: &Object, path| it.get(path).and_then(Node::as_i64).unwrap_or(1);
        let aims_here = |it: &&Object| {
            let target = |field: &str| it.get(&["spec.scaleTargetRef.", field].concat());
            let is = |field, own: &str| target(field).and_then(Node::as_str) == Some(own);
            is("kind", self.object.kind()) && is("name", self.object.name())
        };
        let scaler = self.all_beside("HorizontalPodAutoscaler").find(aims_here);
        scaler.map_or(number(self.object, "spec.replicas"), |it| number(it, "spec.minReplicas"))
    }

    /// The Services that select its pods, in the eyes of kube-score.
    pub(crate) fn selecting(self) -> Vec<Case<'a>> {
        let Some(workload) = self.workload() else { return Vec::new() };
        let services = self.all_beside("Service").map(|object| Case { object, ..self });
        services.filter(|it| it.selects(workload)).collect()
    }

    /// The workloads that it selects as a Service.
    pub(crate) fn selected(self) -> Vec<Workload<'a>> {
        self.workloads_beside().into_iter().filter(|it| self.selects(*it)).collect()
    }

    fn selects(self, workload: Workload<'_>) -> bool {
        let selector = self.object.get("spec.selector").into_iter().flat_map(Node::entries);
        let mut labels = selector.map(|it| workload.labels().get(it.key()) == Some(it.text()));
        labels.all(|it| it)
    }

    pub(crate) fn workloads_beside(self) -> Vec<Workload<'a>> {
        let namespace = self.object.namespace();
        self.inventory.workloads().filter(|it| it.namespace() == namespace).collect()
    }

    /// Whether a workload beside it bears its name, or one that it selects.
    pub(crate) fn is_meant_for_one_beside(self) -> bool {
        let selector = self.object.get("spec.selector");
        let wanted: Vec<&str> =
            selector.into_iter().flat_map(Node::entries).map(Node::text).collect();
        let names = self.workloads_beside().into_iter().map(|it| it.object().name());
        names.into_iter().any(|name| name == self.object.name() || wanted.contains(&name))
    }

    /// Whether a workload beside it carries some of the labels that it selects, but not all.
    pub(crate) fn shares_label_with_one_beside(self) -> bool {
        let selector = || self.object.get("spec.selector").into_iter().flat_map(Node::entries);
        let carries = |it: &Workload<'_>| {
            selector().any(|label| it.labels().get(label.key()) == Some(label.text()))
        };
        self.selected().is_empty() && self.workloads_beside().iter().any(carries)
    }

    pub(crate) fn says(self, path: &str) -> bool {
        self.object.get(path).is_some_and(|it| it.kind() != model::Type::Null)
    }
}

/// How much of a resource a container asks for, or may use.
pub(crate) fn amount(container: &Container<'_>, list: &str, resource: &str) -> i128 {
    let said = container.node().at("resources").and_then(|it| it.get(list)?.get(resource));
    said.and_then(quantity::of).unwrap_or_default()
}
