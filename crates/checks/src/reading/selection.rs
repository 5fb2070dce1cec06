//! Which pods of a namespace a selector picks, and which Services pick a pod.

use std::collections::BTreeMap;

use model::fold::is_added_label;
use model::tree::Node;
use model::{Inventory, Object, Selector, Workload, kinds};

/// What runs pods, by namespace, by its labels there, and by the folder it stands in.
#[derive(Debug)]
pub(crate) struct Pods<'a> {
    within: BTreeMap<&'a str, Vec<Workload<'a>>>,
    labelled: BTreeMap<[&'a str; 3], Vec<Workload<'a>>>,
    beside: BTreeMap<(&'a str, Option<&'a str>), Vec<Workload<'a>>>,
}

/// Services that select pods, by namespace and one label that they ask for.
#[derive(Debug)]
pub(crate) struct Services<'a>(BTreeMap<[&'a str; 3], Vec<Selecting<'a>>>);

/// A Service, what it selects, and whether it stands in one folder with such pods.
#[derive(Debug)]
struct Selecting<'a> {
    service: &'a Object,
    selector: Selector<'a>,
    beside: bool,
}

impl<'a> Pods<'a> {
    /// Whatever runs pods in an inventory. A template that nothing runs is none.
    pub(crate) fn of(inventory: &'a Inventory) -> Self {
        let (mut within, mut labelled, mut beside) =
            (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new(), BTreeMap::new());
        for workload in inventory.workloads().filter(|it| it.object().kind() != "PodTemplate") {
            let namespace = workload.namespace();
            within.entry(namespace).or_default().push(workload);
            for (key, value) in workload.labels().all() {
                labelled.entry([namespace, key, value]).or_default().push(workload);
            }
            let near: &mut Vec<_> =
                beside.entry((namespace, workload.object().origin().folder())).or_default();
            near.push(workload);
        }
        Self { within, labelled, beside }
    }

    /// What runs in a namespace.
    pub(crate) fn within(&self, namespace: &str) -> &[Workload<'a>] {
        self.within.get(namespace).map(Vec::as_slice).unwrap_or_default()
    }

    /// What runs in a namespace and carries the labels that a selector asks for.
    pub(crate) fn selected(&self, namespace: &str, selector: &Selector<'_>) -> Vec<Workload<'a>> {
        let may_match = match selector.label() {
            Some((key, value)) => self.labelled.get(&[namespace, key, value]),
            None => self.within.get(namespace),
        };
        let may_match = may_match.into_iter().flatten();
        may_match.filter(|it| selector.matches(it.labels())).copied().collect()
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
        let is_manifest = object.origin().file().is_some();
        let is_meant = |it: &&Workload<'_>| is_meant(it.object(), object, labels);
        let near =
            self.beside.get(&(object.namespace(), object.origin().folder())).into_iter().flatten();
        let mut meant = near.filter(is_meant);
        let is_missed = meant.any(|it| !(is_manifest && may_be_labelled(it)));
        is_missed && !self.within(object.namespace()).iter().any(|it| gives(it, labels))
    }
}

impl<'a> Services<'a> {
    /// The Services of an inventory.
    pub(crate) fn of(inventory: &'a Inventory, pods: &Pods<'a>) -> Self {
        let mut services: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for service in inventory.of(kinds::SERVICE) {
            let Some(selector) = selector(service) else { continue };
            let Some((key, value)) = selector.label() else { continue };
            let place = service.origin().folder().map(|it| (service.namespace(), Some(it)));
            let mut near = place.and_then(|it| pods.beside.get(&it)).into_iter().flatten();
            let beside = near.any(|it| selector.matches(it.labels()));
            let selecting = Selecting { service, selector, beside };
            services.entry([service.namespace(), key, value]).or_default().push(selecting);
        }
        Self(services)
    }

    /// Those that select the pods of a workload. A Service that stands in one folder with its pods
    /// selects none in another: those are of another example.
    pub(crate) fn selecting(&self, workload: Workload<'_>) -> Vec<&'a Object> {
        let labels = workload.labels().all();
        let found =
            labels.filter_map(|(key, value)| self.0.get(&[workload.namespace(), key, value]));
        let services = found.flatten();
        let own = workload.object().origin().folder();
        let is_near = |it: &&Selecting<'a>| !it.beside || it.service.origin().folder() == own;
        let selecting = services.filter(is_near);
        let selecting = selecting.filter(|it| it.selector.matches(workload.labels()));
        selecting.map(|it| it.service).collect()
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
        inventory.workloads().map(|it| !services.selecting(it).is_empty()).collect()
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
