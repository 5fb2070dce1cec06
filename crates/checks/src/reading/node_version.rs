//! Versions of Kubernetes in the input: of nodes, of control planes, of files that make them.

use std::collections::BTreeMap;

use model::tree::Node;
use model::{Image, Object, Place, Program, kinds};

use crate::context::Cx;
use crate::reading::release::Release;

/// A part of Kubernetes and the version it runs.
#[derive(Clone, Debug)]
pub(crate) struct Part<'a> {
    /// What it is, such as `the kubelet of node a`.
    pub(crate) name: String,
    /// Its version.
    pub(crate) release: Release,
    /// Where that stands.
    pub(crate) place: Place<'a>,
    /// How many more are just like it.
    pub(crate) more: usize,
}

/// A text of a node's own account of itself, such as `kubeletVersion`.
pub(crate) fn of_node<'a>(node: &'a Object, field: &str) -> Option<(&'a str, Place<'a>)> {
    let value = node.get("status.nodeInfo")?.get(field)?;
    Some((value.as_text()?, Place::of(node, value)))
}

/// The kubelets: the first node of each version, and how many more there are.
pub(crate) fn kubelets<'a>(cx: &Cx<'a>) -> Vec<Part<'a>> {
    let mut found: BTreeMap<Release, Part<'a>> = BTreeMap::new();
    for node in cx.inventory().of(kinds::NODE) {
        let Some((text, place)) = of_node(node, "kubeletVersion") else { continue };
        let Some(release) = Release::parse(text) else { continue };
        let name = format!("the kubelet of node {}", node.name());
        found.entry(release).and_modify(|part| part.more += 1).or_insert(Part {
            name,
            release,
            place,
            more: 0,
        });
    }
    found.into_values().collect()
}

/// The API servers: by the tags of their images, and by the files from which kubeadm makes them.
pub(crate) fn api_servers<'a>(cx: &Cx<'a>) -> Vec<Part<'a>> {
    let containers = cx.containers().filter_map(|container| {
        let image = container.node().get("image")?.as_text()?;
        let parsed = Image::parse(image);
        if parsed.name() != Program::ApiServer.name() {
            return None;
        }
        let release = Release::parse(parsed.tag?)?;
        let name = format!("the API server of {}", container.workload().object().id());
        Some(Part { name, release, place: container.place("image"), more: 0 })
    });
    let files = cx.inventory().of(kinds::CLUSTER_CONFIGURATION).filter_map(|file| {
        let version: Node<'a> = file.get("kubernetesVersion")?;
        let release = Release::parse(version.as_text()?)?;
        let name = "the control plane that kubeadm makes".to_owned();
        Some(Part { name, release, place: Place::of(file, version), more: 0 })
    });
    containers.chain(files).collect()
}
