//! What containers ask for and may use, when all that says so is laid over each other: their own
//! resources, their pod's, and the defaults of the `LimitRange` objects of their namespace.

use std::collections::{BTreeMap, BTreeSet};

use model::tree::{Node, Type};
use model::{Container, ObjectId, Role, kinds, quantity};

use crate::context::{Cx, Version};
use crate::reading::script;

/// The defaults of namespaces, and whether a pod may have resources of its own.
#[derive(Debug)]
pub(crate) struct Allowances<'a> {
    defaults: BTreeMap<&'a str, Vec<Node<'a>>>,
    sized: BTreeSet<Sized<'a>>,
    of_pods: bool,
}

/// A container and a resource that another container of its pod sets by the size of the cluster.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Sized<'a> {
    object: &'a ObjectId,
    container: &'a str,
    resource: &'a str,
}

/// Since this version the resources of a pod are read without anybody switching it on.
const POD_LEVEL: Version = Version { minor: 34 };

impl<'a> Allowances<'a> {
    /// What the objects of an inventory allow.
    pub(crate) fn of(cx: &Cx<'a>) -> Self {
        let mut defaults: BTreeMap<&str, Vec<Node<'_>>> = BTreeMap::new();
        for range in cx.inventory().of(kinds::LIMIT_RANGE) {
            let items = range.get("spec.limits").into_iter().flat_map(Node::items);
            let is_for_containers =
                |item: &Node<'_>| item.get("type").and_then(Node::as_str) == Some("Container");
            defaults.entry(range.namespace()).or_default().extend(items.filter(is_for_containers));
        }
        let sized = cx.containers().flat_map(sized_by).collect();
        Self { defaults, sized, of_pods: cx.kubernetes() >= POD_LEVEL }
    }

    /// Whether something limits how much of a resource a container uses.
    pub(crate) fn is_limited(&self, container: &Container<'_>, resource: &str) -> bool {
        let own = said(container.node(), "limits", resource);
        own.is_some_and(is_some_amount)
            || self.by_pod(container, &["limits"], resource)
            || self.is_sized(container, resource)
            || own.is_none() && self.by_default(container, &["default", "max"], resource)
    }

    /// Whether something sets apart a part of a resource for a container. A limit without a request
    /// is one.
    pub(crate) fn is_requested(&self, container: &Container<'_>, resource: &str) -> bool {
        let own = said(container.node(), "requests", resource)
            .or_else(|| said(container.node(), "limits", resource));
        let defaults = ["defaultRequest", "default", "max", "min"];
        own.is_some_and(is_some_amount)
            || self.by_pod(container, &["requests", "limits"], resource)
            || self.is_sized(container, resource)
            || own.is_none() && self.by_default(container, &defaults, resource)
    }

    fn by_pod(&self, container: &Container<'_>, lists: &[&str], resource: &str) -> bool {
        let spec = container.workload().spec();
        let mut said = lists.iter().filter_map(|list| said(spec, list, resource));
        self.of_pods && said.any(is_some_amount)
    }

    fn is_sized(&self, container: &Container<'_>, resource: &str) -> bool {
        let object = container.workload().object().id();
        self.sized.contains(&Sized { object, container: container.name(), resource })
    }

    fn by_default(&self, container: &Container<'_>, lists: &[&str], resource: &str) -> bool {
        let ranges = self.defaults.get(container.workload().namespace());
        let mut said = ranges
            .into_iter()
            .flatten()
            .flat_map(|range| lists.iter().filter_map(|list| value(range.get(list)?, resource)));
        said.any(is_some_amount)
    }
}

/// What a container or pod says of a resource: under `requests` or under `limits`.
pub(crate) fn said<'a>(node: Node<'a>, list: &str, resource: &str) -> Option<Node<'a>> {
    value(node.get("resources")?.get(list)?, resource)
}

/// Whether an amount is above nothing. What cannot be read is taken for one.
pub(crate) fn is_some_amount(node: Node<'_>) -> bool {
    quantity::of(node) != Some(0)
}

/// What a container sizes, request and limit, if it is the addon resizer of Kubernetes: it names the
/// container of its pod.
fn sized_by(resizer: Container<'_>) -> Vec<Sized<'_>> {
    let told =
        |flag: &str| resizer.words().find_map(|it| it.text().strip_prefix(flag)?.strip_prefix('='));
    let named = script::call(&resizer, "pod_nanny").and_then(|_| told("--container"));
    let Some(container) = named.filter(|it| *it != resizer.name()) else { return Vec::new() };
    let object = resizer.workload().object().id();
    let resources = [("cpu", "--cpu"), ("memory", "--memory")];
    let sized = resources.into_iter().filter(|(_, flag)| told(flag).is_some());
    sized.map(|(resource, _)| Sized { object, container, resource }).collect()
}

/// Whether a container runs as long as its pod.
pub(crate) fn stays(container: &Container<'_>) -> bool {
    matches!(container.role(), Role::Main | Role::Sidecar)
}

/// Containers as the subject of a sentence, and whether it is in the plural.
pub(crate) fn named(containers: &[Container<'_>]) -> (String, bool) {
    let names: Vec<&str> = containers.iter().map(Container::name).collect();
    let plural = names.len() > 1;
    (format!("container{} {}", if plural { "s" } else { "" }, names.join(", ")), plural)
}

fn value<'a>(list: Node<'a>, resource: &str) -> Option<Node<'a>> {
    list.get(resource).filter(|amount| amount.kind() != Type::Null)
}
