//! The volumes of a workload, and where its containers mount them.

use crate::container::Container;
use crate::place::Place;
use crate::tree::{Node, Type};
use crate::workload::Workload;

/// One volume.
#[derive(Clone, Copy, Debug)]
pub struct Volume<'a> {
    workload: Workload<'a>,
    node: Node<'a>,
}

/// One mount of a volume.
#[derive(Clone, Copy, Debug)]
pub struct Mount<'a> {
    /// The container that mounts it.
    pub container: Container<'a>,
    /// The mount.
    pub node: Node<'a>,
}

impl<'a> Volume<'a> {
    /// Its name.
    pub fn name(&self) -> &'a str {
        self.node.get("name").and_then(Node::as_text).unwrap_or("(no name)")
    }

    /// What it is made of, such as `hostPath`, if that is given.
    pub fn source(&self, field: &str) -> Option<Node<'a>> {
        self.node.get(field).filter(|source| source.kind() == Type::Map)
    }

    /// The path of the node that it brings in, empty where none is given.
    pub fn host_path(&self) -> Option<&'a str> {
        let source = self.source("hostPath")?;
        Some(source.get("path").and_then(Node::as_str).unwrap_or_default())
    }

    /// Where containers mount it.
    pub fn mounts(&self) -> impl Iterator<Item = Mount<'a>> {
        let name = self.name();
        self.workload.containers().flat_map(Container::mounts).filter(move |it| it.names(name))
    }

    /// Whether some container may write to it.
    pub fn is_writable(&self) -> bool {
        self.mounts().any(|mount| mount.is_writable())
    }

    /// A field of it as evidence, even where it is missing.
    pub fn place(&self, path: &'a str) -> Place<'a> {
        Place::below(self.workload.object(), self.node, path)
    }
}

impl<'a> Mount<'a> {
    /// Whether the container may write through it.
    pub fn is_writable(&self) -> bool {
        self.node.get("readOnly").and_then(Node::as_bool) != Some(true)
    }

    /// The mount itself as evidence.
    pub fn place(&self) -> Place<'a> {
        self.container.place_of(self.node)
    }

    fn names(&self, volume: &str) -> bool {
        self.node.get("name").and_then(Node::as_str) == Some(volume)
    }
}

impl<'a> Workload<'a> {
    /// The volumes it gives its pods. What is no mapping is none.
    pub fn volumes(self) -> impl Iterator<Item = Volume<'a>> {
        let items = self.spec().get("volumes").into_iter().flat_map(Node::items);
        let volumes = items.filter(|item| item.kind() == Type::Map);
        volumes.map(move |node| Volume { workload: self, node })
    }
}

impl<'a> Container<'a> {
    /// Its mounts of volumes.
    pub fn mounts(self) -> impl Iterator<Item = Mount<'a>> {
        let items = self.node().get("volumeMounts").into_iter().flat_map(Node::items);
        items.map(move |node| Mount { container: self, node })
    }
}
