//! The Services of each namespace, as far as the input shows them.

use std::collections::{BTreeMap, BTreeSet};

use model::tree::Node;
use model::{Object, kinds};

use crate::context::Cx;
use crate::reading::pods;

/// The Services by namespace and name.
pub(crate) struct Services<'a> {
    by_name: BTreeMap<(&'a str, &'a str), Vec<&'a Object>>,
    shown: BTreeSet<(&'a str, Option<&'a str>)>,
    operated: BTreeSet<&'a str>,
}

impl<'a> Services<'a> {
    /// What an input shows.
    pub(crate) fn of(cx: &Cx<'a>) -> Self {
        let mut by_name: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for service in cx.inventory().of(kinds::SERVICE) {
            by_name.entry((service.namespace(), service.name())).or_default().push(service);
        }
        let all = by_name.values().flatten();
        let shown = all.map(|it| (it.namespace(), it.origin().folder())).collect();
        Self { by_name, shown, operated: pods::operated(cx) }
    }

    /// What is missing of a Service to which an object leads: the Service, or its port. Nothing
    /// where the input shows no Services of the namespace in the folder of the object, or where an
    /// operator makes some.
    pub(crate) fn missing(
        &self,
        from: &Object,
        (namespace, name): (&str, &str),
        port: Option<Node<'_>>,
    ) -> Option<String> {
        let is_shown = self.shown.contains(&(namespace, from.origin().folder()));
        if !is_shown || namespace == "kube-system" || self.operated.contains(namespace) {
            return None;
        }
        let Some(services) = self.by_name.get(&(namespace, name)) else {
            return Some(format!("namespace {namespace} has no Service {name}"));
        };
        let wanted = port.map(Node::text)?;
        let has = |service: &&Object| {
            let mut ports = service.get("spec.ports").into_iter().flat_map(Node::items).peekable();
            ports.peek().is_none() || ports.any(|port| is_port(port, wanted))
        };
        let missing = !services.iter().any(has);
        missing.then(|| format!("Service {name} has no port {wanted}"))
    }
}

fn is_port(port: Node<'_>, wanted: &str) -> bool {
    ["port", "name"].iter().any(|it| port.get(it).is_some_and(|it| it.text() == wanted))
}
