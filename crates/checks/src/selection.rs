//! Which pods of a namespace a selector picks, and which Services pick a pod.

use std::collections::{BTreeMap, BTreeSet};

use model::tree::Node;
use model::workload::embeds_pods;
use model::{Object, Selector, Workload, kinds};

use crate::context::Cx;

/// What runs pods, by namespace.
#[derive(Debug)]
pub(crate) struct Pods<'a> {
    workloads: BTreeMap<&'a str, Vec<Workload<'a>>>,
    /// Namespaces in which something may make pods that are not seen.
    makers: BTreeSet<&'a str>,
}

/// Groups of custom kinds that make no pods.
const PODLESS: [&str; 13] = [
    "acme.cert-manager.io",
    "cert-manager.io",
    "cilium.io",
    "crd.projectcalico.org",
    "external-secrets.io",
    "gateway.networking.k8s.io",
    "keda.sh",
    "kyverno.io",
    "networking.istio.io",
    "policy.networking.k8s.io",
    "security.istio.io",
    "snapshot.storage.k8s.io",
    "traefik.io",
];

/// Kinds of the Prometheus operator that make no pods; its other kinds do.
const PODLESS_MONITORS: [&str; 4] = ["PodMonitor", "Probe", "PrometheusRule", "ServiceMonitor"];

/// Services that select pods, by namespace.
#[derive(Debug)]
pub(crate) struct Services<'a>(BTreeMap<&'a str, Vec<(&'a Object, Selector<'a>)>>);

impl<'a> Pods<'a> {
    /// Whatever runs pods in an inventory. A template that nothing runs is none.
    pub(crate) fn of(cx: &Cx<'a>) -> Self {
        let mut workloads: BTreeMap<&str, Vec<Workload<'_>>> = BTreeMap::new();
        for workload in cx.workloads().filter(|it| it.object().kind() != "PodTemplate") {
            workloads.entry(workload.namespace()).or_default().push(workload);
        }
        let makers = cx.inventory().objects().filter(|it| may_make_pods(it));
        let makers = makers.map(|it| it.id().namespace.as_deref().unwrap_or("default")).collect();
        Self { workloads, makers }
    }

    /// Whether a namespace has pods in the input, and nothing there may make others.
    pub(crate) fn are_all_in_view(&self, namespace: &str) -> bool {
        !self.within(namespace).is_empty() && !self.makers.contains(namespace)
    }

    /// What runs in a namespace.
    pub(crate) fn within(&self, namespace: &str) -> &[Workload<'a>] {
        self.workloads.get(namespace).map(Vec::as_slice).unwrap_or_default()
    }

    /// What runs in a namespace and carries the labels that a selector asks for.
    pub(crate) fn selected(&self, namespace: &str, selector: &Selector<'_>) -> Vec<Workload<'a>> {
        let pods = self.within(namespace).iter();
        pods.filter(|it| selector.matches(it.labels())).copied().collect()
    }
}

impl<'a> Services<'a> {
    /// The Services of an inventory.
    pub(crate) fn of(cx: &Cx<'a>) -> Self {
        let mut services: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for service in cx.inventory().of(kinds::SERVICE) {
            if let Some(selector) = selector(service) {
                services.entry(service.namespace()).or_default().push((service, selector));
            }
        }
        Self(services)
    }

    /// Those that select the pods of a workload.
    pub(crate) fn selecting(&self, workload: &Workload<'_>) -> impl Iterator<Item = &'a Object> {
        let services = self.0.get(workload.namespace()).into_iter().flatten();
        services.filter(|(_, selector)| selector.matches(workload.labels())).map(|(it, _)| *it)
    }
}

/// Whether an object is of a custom kind that may make pods out of sight.
fn may_make_pods(object: &Object) -> bool {
    let (group, kind) = (object.group(), object.kind());
    kinds::is_namespaced(group, kind).is_none()
        && !PODLESS.contains(&group)
        && !(group == "monitoring.coreos.com" && PODLESS_MONITORS.contains(&kind))
        && !embeds_pods(object)
}

/// What a Service selects; nothing where it selects no pods at all.
pub(crate) fn selector(service: &Object) -> Option<Selector<'_>> {
    let is_alias = service.get("spec.type").and_then(Node::as_str) == Some("ExternalName");
    let selector = Selector::labels(service.get("spec.selector").filter(|_| !is_alias)?);
    (!selector.is_empty()).then_some(selector)
}
