//! Security contexts as they are written, of pods and of containers.

use crate::container::Container;
use crate::place::Place;
use crate::tree::{Node, Type};
use crate::workload::Workload;

/// One security context as it is written: of the pod, or of a container.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    workload: Workload<'a>,
    container: Option<Container<'a>>,
    node: Node<'a>,
}

impl<'a> Context<'a> {
    /// The workload it belongs to.
    pub fn workload(&self) -> Workload<'a> {
        self.workload
    }

    /// The container whose own it is; nothing for the pod's.
    pub fn container(&self) -> Option<Container<'a>> {
        self.container
    }

    /// Whose it is, in words.
    pub fn whose(&self) -> String {
        self.container.map_or_else(|| "the pod".to_owned(), |it| format!("container {}", it.name()))
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.node.entries().all(|entry| entry.kind() == Type::Null)
    }

    /// A field of it that is set.
    pub fn get(&self, field: &str) -> Option<Node<'a>> {
        self.node.get(field).filter(|node| node.kind() != Type::Null)
    }

    /// A field of it that holds a mapping.
    pub fn mapping(&self, field: &str) -> Option<Node<'a>> {
        self.node.get(field).filter(|node| node.kind() == Type::Map)
    }

    /// A value inside it as evidence.
    pub fn place_of(&self, node: Node<'a>) -> Place<'a> {
        self.workload.place_of(node)
    }
}

impl<'a> Workload<'a> {
    /// The security contexts that are written: the pod's, then those of its containers.
    pub fn contexts(self) -> impl Iterator<Item = Context<'a>> {
        let own = |node: Node<'a>| {
            node.get("securityContext").filter(|context| context.kind() == Type::Map)
        };
        let pod = own(self.spec());
        let pod = pod.map(|node| Context { workload: self, container: None, node });
        let of_container = move |container: Container<'a>| {
            let node = own(container.node())?;
            Some(Context { workload: self, container: Some(container), node })
        };
        pod.into_iter().chain(self.containers().filter_map(of_container))
    }
}
