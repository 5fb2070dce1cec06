//! Patches that a kustomization lays over objects. They look like objects and are none: what they
//! leave out stands elsewhere.

use std::collections::BTreeSet;
use std::sync::Arc;

use model::tree::Node;
use model::{Inputs, Object, SkipReason};

use crate::path::join;

/// The path of a patch.
pub(super) type Patch = String;

/// The patches of all kustomizations in the input.
#[derive(Default)]
pub(super) struct Patches(BTreeSet<Patch>);

impl Patches {
    pub(super) fn add(&mut self, patches: Vec<Patch>) {
        self.0.extend(patches);
    }

    /// Takes the objects that are patches out again, and counts them as such.
    pub(super) fn withdraw(&self, objects: &mut Vec<Object>, inputs: &mut Inputs) {
        if self.0.is_empty() {
            return;
        }
        objects.retain(|object| {
            let file = object.origin().file().filter(|file| self.0.contains(*file));
            if let Some(file) = file {
                inputs.objects -= 1;
                inputs.skip(SkipReason::KustomizePatch, &Arc::from(file), 1);
            }
            file.is_none()
        });
    }
}

/// The files that a kustomization names as patches, or nothing if this is none.
pub(super) fn patches(file: &str, root: Node<'_>) -> Option<Vec<Patch>> {
    let (folder, base) = file.rsplit_once('/').unwrap_or(("", file));
    if !matches!(base, "kustomization.yaml" | "kustomization.yml" | "Kustomization") {
        return None;
    }
    let listed = |key: &str| root.get(key).into_iter().flat_map(Node::items);
    let strategic = listed("patchesStrategicMerge").filter_map(Node::as_str);
    let named = ["patches", "patchesJson6902"].into_iter().flat_map(listed);
    let named = named.filter_map(|patch| patch.get("path")?.as_str());
    let inline = |path: &&str| !path.contains('\n');
    Some(strategic.chain(named).filter(inline).map(|path| join(folder, path)).collect())
}

/// Whether a document says of itself that it is a patch.
pub(super) fn is_patch(root: Node<'_>) -> bool {
    root.get("$patch").is_some() || root.get("spec").is_some_and(|it| it.get("$patch").is_some())
}
