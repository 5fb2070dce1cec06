//! One container of a workload.

use crate::image::Image;
use crate::place::Place;
use crate::security::Security;
use crate::tree::{Node, Type};
use crate::workload::Workload;

/// What a container is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Runs to its end before the others start.
    Init,
    /// An init container with `restartPolicy: Always`: starts first and stays.
    Sidecar,
    /// An ordinary container.
    Main,
    /// Added to a running pod to debug it.
    Ephemeral,
}

/// One container.
#[derive(Clone, Copy, Debug)]
pub struct Container<'a> {
    workload: Workload<'a>,
    node: Node<'a>,
    role: Role,
}

impl<'a> Container<'a> {
    pub(crate) fn new(workload: Workload<'a>, node: Node<'a>, list: Role) -> Self {
        let always = node.get("restartPolicy").and_then(Node::as_str) == Some("Always");
        let role = if list == Role::Init && always { Role::Sidecar } else { list };
        Self { workload, node, role }
    }

    /// The workload it belongs to.
    pub fn workload(&self) -> Workload<'a> {
        self.workload
    }

    /// What it says.
    pub fn node(&self) -> Node<'a> {
        self.node
    }

    /// What it is for.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Its name.
    pub fn name(&self) -> &'a str {
        self.node.get("name").and_then(Node::as_text).unwrap_or("(no name)")
    }

    /// The image it runs, unless that is still to be filled in.
    pub fn image(&self) -> Option<Image<'a>> {
        Image::read(self.node.get("image")?.as_str()?)
    }

    /// Its environment variables.
    pub fn env(&self) -> impl Iterator<Item = Node<'a>> {
        self.node.get("env").into_iter().flat_map(Node::items)
    }

    /// Its command and the arguments to it, word by word.
    pub fn words(&self) -> impl Iterator<Item = Node<'a>> {
        let lists = [self.node.get("command"), self.node.get("args")];
        lists.into_iter().flatten().flat_map(Node::items)
    }

    /// The ports it declares.
    pub fn ports(&self) -> impl Iterator<Item = Node<'a>> {
        self.node.get("ports").into_iter().flat_map(Node::items)
    }

    /// The capabilities it adds to those of the runtime, as they are written.
    pub fn added_capabilities(&self) -> impl Iterator<Item = &'a str> {
        self.node.at("securityContext.capabilities.add").into_iter().flat_map(Node::strings)
    }

    /// The capabilities it drops, as they are written.
    pub fn dropped_capabilities(&self) -> impl Iterator<Item = &'a str> {
        self.node.at("securityContext.capabilities.drop").into_iter().flat_map(Node::strings)
    }

    /// What holds for it when its security context and its pod's are laid over each other.
    pub fn security(&self) -> Security<'a> {
        let context = |node: Node<'a>| node.get("securityContext");
        Security::new(context(self.node), context(self.workload.spec()), self.workload.os())
    }

    /// A field of it as evidence, even where it is missing.
    pub fn place(&self, path: &'a str) -> Place<'a> {
        Place::below(self.workload.object(), self.node, path)
    }

    /// A value inside it as evidence.
    pub fn place_of(&self, node: Node<'a>) -> Place<'a> {
        Place::of(self.workload.object(), node)
    }
}

impl<'a> Workload<'a> {
    /// All its containers: init, sidecar, main and ephemeral. What is no mapping is none.
    pub fn containers(self) -> impl Iterator<Item = Container<'a>> {
        let lists = [
            ("initContainers", Role::Init),
            ("containers", Role::Main),
            ("ephemeralContainers", Role::Ephemeral),
        ];
        lists.into_iter().flat_map(move |(list, role)| {
            let items = self.spec().get(list).into_iter().flat_map(Node::items);
            let containers = items.filter(|item| item.kind() == Type::Map);
            containers.map(move |item| Container::new(self, item, role))
        })
    }
}
