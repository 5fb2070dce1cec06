//! Which pods of a namespace a selector picks, and which Services pick a pod.

use std::collections::BTreeMap;

use model::fold::is_added_label;
use model::tree::Node;
use model::{Inventory, Object, Selecting, Selector, Selects, Workload, kinds};

/// What runs pods, by namespace, and by its labels and its name there.
#[derive(Debug)]
pub(crate) struct Pods<'a> {
    within: BTreeMap<&'a str, Vec<Workload<'a>>>,
    labelled: BTreeMap<[&'a str; 3], Vec<Workload<'a>>>,
    named: BTreeMap<[&'a str; 2], Vec<Workload<'a>>>,
}

/// The Services that select pods.
#[derive(Debug)]
pub(crate) struct Services<'a>(Selecting<'a, Service<'a>>);

/// A Service, what it selects, and whether it stands in one folder with such pods.
#[derive(Debug)]
struct Service<'a> {
    object: &'a Object,
    selector: Selector<'a>,
    beside: bool,
}

impl<'a> Selects<'a> for Service<'a> {
    fn namespace(&self) -> &'a str {
        self.object.namespace()
    }

    fn selector(&self) -> &Selector<'a> {
        &self.selector
    }
}

impl<'a> Pods<'a> {
    /// Whatever runs pods in an inventory. A template that nothing runs is none.
    pub(crate) fn of(inventory: &'a Inventory) -> Self {
        let mut within: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut labelled: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut named: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for workload in inventory.workloads().filter(|it| it.object().kind() != "PodTemplate") {
            let namespace = workload.namespace();
            within.entry(namespace).or_default().push(workload);
            for (key, value) in workload.labels().all() {
                labelled.entry([namespace, key, value]).or_default().push(workload);
            }
            named.entry([namespace, workload.object().name()]).or_default().push(workload);
        }
        Self { within, labelled, named }
    }

    /// What runs in a namespace.
    pub(crate) fn within(&self, namespace: &str) -> &[Workload<'a>] {
        self.within.get(namespace).map(Vec::as_slice).unwrap_or_default()
    }

    /// What runs in a namespace and carries the labels that a selector asks for.
    pub(crate) fn selected<'b>(
        &'b self,
        namespace: &'b str,
        selector: &'b Selector<'_>,
    ) -> impl Iterator<Item = Workload<'a>> + use<'a, 'b> {
        let may_match = match selector.label() {
            Some((key, value)) => self.labelled.get(&[namespace, key, value]),
            None => self.within.get(namespace),
        };
        let may_match = may_match.into_iter().flatten().copied();
        may_match.filter(|it| selector.matches(it.labels()))
    }

    /// Whether something that selects nothing was meant for pods that are there. A cluster shows
    /// all its pods; manifests show a part, so that one beside the selecting object must be what
    /// was meant, by its name. Labels that controllers add to single pods are not known.
    pub(crate) fn are_missed_by(&self, object: &Object, labels: Option<Node<'_>>) -> bool {
        let wanted = || labels.into_iter().flat_map(Node::entries);
        if wanted().any(|it| is_added_label(it.key())) {
            return false;
        }
        // A label that some program puts on its leader, say, is in no template.
        let may_be_labelled = |it: &Workload<'_>| {
            let own = |label: &Node<'_>| it.labels().get(label.key());
            wanted().any(|label| own(&label) == Some(label.text()))
                && wanted().all(|label| own(&label).is_none_or(|own| own == label.text()))
        };
        let within = self.within(object.namespace());
        let is_missed = if object.origin().file().is_some() {
            let texts = wanted().map(Node::text).chain([object.name()]);
            let named = texts.filter_map(|name| self.named.get(&[object.namespace(), name]));
            let is_meant = |it: &&Workload<'_>| is_meant(it.object(), object, labels);
            named.flatten().filter(is_meant).any(|it| !may_be_labelled(it))
        } else {
            within.iter().any(|it| is_meant(it.object(), object, labels))
        };
        is_missed && !within.iter().any(|it| gives(it, labels))
    }
}

impl<'a> Services<'a> {
    /// The Services of an inventory.
    pub(crate) fn of(inventory: &'a Inventory, pods: &Pods<'a>) -> Self {
        let services = inventory.of(kinds::SERVICE).filter_map(|object| {
            let (selector, folder) = (selector(object)?, object.origin().folder());
            let is_near = |it: Workload<'_>| it.object().origin().folder() == folder;
            let beside =
                folder.is_some() && pods.selected(object.namespace(), &selector).any(is_near);
            Some(Service { object, selector, beside })
        });
        Self(services.collect())
    }

    /// Those that select the pods of a workload. A Service that stands in one folder with its pods
    /// selects none in another: those are of another example.
    pub(crate) fn selecting<'b>(
        &'b self,
        workload: Workload<'b>,
    ) -> impl Iterator<Item = &'a Object> + use<'a, 'b> {
        let own = workload.object().origin().folder();
        let selecting = self.0.selecting(workload.namespace(), workload.labels());
        let near = selecting.filter(move |it| !it.beside || it.object.origin().folder() == own);
        near.map(|it| it.object)
    }
}

/// What a Service selects; nothing where it selects no pods at all.
pub(crate) fn selector(service: &Object) -> Option<Selector<'_>> {
    let is_alias = service.get("spec.type").and_then(Node::as_str) == Some("ExternalName");
    let selector = Selector::labels(service.get("spec.selector").filter(|_| !is_alias)?);
    (!selector.is_empty()).then_some(selector)
}

/// Whether a rollout gives some of its pods the labels that are asked for when it runs: those of a
/// canary, of a preview or of an experiment.
fn gives(workload: &Workload<'_>, wanted: Option<Node<'_>>) -> bool {
    const METADATA: [&str; 4] = [
        "blueGreen.activeMetadata",
        "blueGreen.previewMetadata",
        "canary.canaryMetadata",
        "canary.stableMetadata",
    ];
    let object = workload.object();
    let is_rollout = object.kind() == "Rollout";
    let Some(strategy) = is_rollout.then(|| object.get("spec.strategy")).flatten() else {
        return false;
    };
    let steps = strategy.at("canary.steps").into_iter().flat_map(Node::items);
    let templates = steps.filter_map(|it| it.at("experiment.templates")).flat_map(Node::items);
    let metadata = METADATA.into_iter().filter_map(|it| strategy.at(it));
    let given = metadata.chain(templates.filter_map(|it| it.get("metadata")));
    let own = workload.labels();
    given.filter_map(|it| it.get("labels")).any(|labels| {
        let mut wanted = wanted.into_iter().flat_map(Node::entries);
        wanted.all(|it| match labels.get(it.key()) {
            Some(label) => label.text() == it.text(),
            None => own.get(it.key()) == Some(it.text()),
        })
    })
}

/// Whether something that selects nothing must have meant an object: it comes from a cluster, where
/// all is in view, or it is written beside it, and bears its name or asks for its name.
pub(crate) fn is_meant(object: &Object, by: &Object, wanted: Option<Node<'_>>) -> bool {
    if object.origin().folder() != by.origin().folder() {
        return false;
    }
    let wanted: Vec<Node<'_>> = wanted.into_iter().flat_map(Node::entries).collect();
    let own = object.name();
    by.origin().file().is_none() || own == by.name() || wanted.iter().any(|it| it.text() == own)
}

#[cfg(test)]
mod tests {
    use collect::manifests;
    use model::{Inventory, Object};

    use super::{Pods, Services};

    const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: web}}\n\
                       spec: {containers: [{name: web, image: web}]}\n";
    const SERVICE: &str = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n\
                           spec: {selector: {app: web}}\n";

    /// For each pod of some files, in order, whether a Service selects it.
    fn selected(files: &[(&str, &str)]) -> Vec<bool> {
        let read = |(file, text): &(&str, &str)| {
            manifests::read_text(file, text.as_bytes().to_vec(), &|_| true).objects
        };
        let objects: Vec<Object> = files.iter().flat_map(read).collect();
        let inventory = Inventory::new(objects);
        let services = Services::of(&inventory, &Pods::of(&inventory));
        inventory.workloads().map(|it| services.selecting(it).next().is_some()).collect()
    }

    #[test]
    fn a_service_beside_its_pods_selects_none_in_another_folder() {
        let files = [("a/pod.yaml", POD), ("a/service.yaml", SERVICE), ("b/pod.yaml", POD)];
        assert_eq!(selected(&files), [true, false]);
    }

    #[test]
    fn a_service_in_a_folder_of_its_own_selects_its_pods() {
        assert_eq!(selected(&[("pods/web.yaml", POD), ("services/web.yaml", SERVICE)]), [true]);
    }
}
