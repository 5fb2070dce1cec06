//! What a kustomization is made of, and which file wrote each value of what it builds.
//!
//! An object comes from the resource of its kind whose name, with the prefixes and suffixes on its way,
//! is its own. A value comes from the last patch for that object that says just this, else from the
//! resource if that says just this. Whatever else made it, the place around it is told.

use std::collections::BTreeSet;
use std::sync::Arc;

use model::tree::{Node, Position, Type};
use model::{Spot, Unreadable};

use super::file::{File, Files, documents, unreadable};
use super::kustomization::{Kustomization, Part};
use super::places::{Places, beginning};
use super::values::{is_same, item, spot};
use crate::path::join;

/// Kustomizations that build on each other deeper than this go round in a circle.
const DEEPEST: usize = 32;

/// Kinds whose names Kustomize leaves as they are.
const NAMED_FOR_GOOD: [&str; 3] = ["CustomResourceDefinition", "APIService", "Namespace"];

/// All that a kustomization builds on.
#[derive(Debug, Default)]
pub(super) struct Overlay {
    /// The kustomization itself.
    file: Arc<str>,
    /// The files whose content it builds.
    pub(super) files: BTreeSet<String>,
    /// The folders of the kustomizations among it.
    pub(super) folders: BTreeSet<String>,
    resources: Vec<Resource>,
    /// In the order in which they are applied.
    patches: Vec<Patch>,
}

/// A document of a resource file.
#[derive(Debug)]
struct Resource {
    file: Arc<File>,
    document: usize,
    /// What it is called on its way, the last name at the end.
    names: Vec<String>,
}

/// A document of a patch.
#[derive(Debug)]
struct Patch {
    file: Arc<File>,
    document: usize,
    target: Option<Target>,
    /// How it stands in the kustomization, if it has no file of its own.
    inline: Option<Inline>,
    /// The resources that it can be for.
    first: usize,
    last: usize,
}

/// How a patch stands in the text of a kustomization.
#[derive(Clone, Copy, Debug)]
struct Inline {
    /// How much further right than in its own text.
    shift: u32,
    /// Where, if its lines are not those of the file.
    at: Option<Position>,
}

/// Whom a patch is for; what is no plain name is never held to be one.
#[derive(Clone, Debug)]
struct Target {
    kind: Option<String>,
    name: Option<String>,
    is_plain: bool,
}

/// What a kustomization sets around names.
#[derive(Clone, Debug)]
struct Affix {
    prefix: String,
    suffix: String,
}

impl Overlay {
    /// Follows a kustomization to all that it builds on.
    ///
    /// # Errors
    /// Why it is not built: something is not here.
    pub(super) fn of(kustomization: &Kustomization, files: &Files<'_>) -> Result<Self, Unreadable> {
        let overlay = Self { file: Arc::clone(&kustomization.file.name), ..Self::default() };
        let mut way = Way { files, overlay };
        way.follow(kustomization, &[], 0, 0)?;
        Ok(way.overlay)
    }

    /// Where each value of an object was written.
    pub(super) fn places(&self, root: Node<'_>, values: usize) -> Places {
        let mut places = Places::new(&self.file, values);
        if let Some((place, resource)) = self.resource(root) {
            let patches = self.patches.iter().rev();
            let patches = patches.filter(|it| it.is_for(place, resource));
            let mut pieces: Vec<Piece<'_>> = patches.filter_map(Piece::of_patch).collect();
            pieces.extend(Piece::of_resource(resource));
            place_below(root, "", &pieces, &beginning(&self.file), &mut places);
        }
        places
    }

    /// The only resource that an object can have come from.
    fn resource(&self, root: Node<'_>) -> Option<(usize, &Resource)> {
        let text = |node: Node<'_>, path| node.at(path).map(|it| it.text().to_owned());
        let is_meant = |(_, resource): &(usize, &Resource)| {
            let own = resource.root();
            own.and_then(|own| text(own, "kind")) == text(root, "kind")
                && resource.names.last() == text(root, "metadata.name").as_ref()
        };
        let meant: Vec<_> = self.resources.iter().enumerate().filter(is_meant).collect();
        let namespace = |node: Node<'_>| text(node, "metadata.namespace");
        match meant.as_slice() {
            [only] => Some(*only),
            several => {
                let same = |(_, it): &&(usize, &Resource)| {
                    it.root().and_then(namespace) == namespace(root)
                };
                let mut same = several.iter().filter(same);
                same.next().copied().filter(|_| same.next().is_none())
            }
        }
    }
}

/// The way from a kustomization to all that it builds on.
struct Way<'a> {
    files: &'a Files<'a>,
    overlay: Overlay,
}

impl Way<'_> {
    fn follow(
        &mut self,
        kustomization: &Kustomization,
        around: &[Affix],
        first: usize,
        depth: usize,
    ) -> Result<(), Unreadable> {
        if depth > DEEPEST {
            let reason = "kustomizations build on each other in a circle".to_owned();
            return Err(unreadable(&kustomization.file.name, None, reason));
        }
        if let Some(refusal) = kustomization.refusal() {
            return Err(refusal);
        }
        self.overlay.folders.insert(kustomization.folder.clone());
        let text = |key| kustomization.text(key).to_owned();
        let mut affixes = vec![Affix { prefix: text("namePrefix"), suffix: text("nameSuffix") }];
        affixes.extend_from_slice(around);
        for key in ["resources", "bases"] {
            for part in kustomization.open(key)? {
                match part {
                    Part::Resources(file) => self.resources(&file, &affixes)?,
                    Part::Kustomization(base) => {
                        let first = self.overlay.resources.len();
                        self.follow(&base, &affixes, first, depth + 1)?;
                    }
                }
            }
        }
        for part in kustomization.open("components")? {
            if let Part::Kustomization(component) = part {
                self.follow(&component, &affixes, first, depth + 1)?;
            }
        }
        self.patches(kustomization, first);
        Ok(())
    }

    fn resources(&mut self, name: &str, affixes: &[Affix]) -> Result<(), Unreadable> {
        let file = Arc::new(self.files.read(name)?);
        self.overlay.files.insert(name.to_owned());
        for (document, tree) in file.documents.iter().enumerate() {
            let own = tree.root().at("metadata.name").map_or("", Node::text).to_owned();
            let mut names = vec![own.clone()];
            let kind = tree.root().get("kind").map_or("", Node::text);
            if !NAMED_FOR_GOOD.contains(&kind) {
                names.extend(affixes.iter().scan(own, |name, affix| {
                    *name = format!("{}{name}{}", affix.prefix, affix.suffix);
                    Some(name.clone())
                }));
            }
            self.overlay.resources.push(Resource { file: Arc::clone(&file), document, names });
        }
        Ok(())
    }

    fn patches(&mut self, kustomization: &Kustomization, first: usize) {
        for entry in kustomization.listed("patchesStrategicMerge") {
            self.patch(kustomization, entry, None, first);
        }
        for key in ["patches", "patchesJson6902"] {
            for entry in kustomization.listed(key) {
                let target = entry.get("target").map(Target::of);
                let says = entry.get("path").or_else(|| entry.get("patch"));
                if let Some(says) = says {
                    self.patch(kustomization, says, target.as_ref(), first);
                }
            }
        }
    }

    /// Takes a patch that stands in a file of its own, or in the kustomization.
    fn patch(
        &mut self,
        kustomization: &Kustomization,
        entry: Node<'_>,
        target: Option<&Target>,
        first: usize,
    ) {
        let text = entry.as_str().unwrap_or_default();
        let (file, inline) = if text.contains('\n') {
            let (file, inline) = inline(&kustomization.file, entry, text);
            (file, Some(inline))
        } else {
            let name = join(&kustomization.folder, text);
            let Ok(file) = self.files.read(&name) else { return };
            self.overlay.files.insert(name);
            (file, None)
        };
        let file = Arc::new(file);
        let last = self.overlay.resources.len();
        for document in 0..file.documents.len() {
            let (file, target) = (Arc::clone(&file), target.cloned());
            self.overlay.patches.push(Patch { file, document, target, inline, first, last });
        }
    }
}

/// A patch in the text of a kustomization, with the lines of that file where they can be told.
fn inline(file: &File, entry: Node<'_>, text: &str) -> (File, Inline) {
    let key = entry.position();
    let line =
        |number: u32| file.text.lines().nth(number.saturating_sub(1) as usize).unwrap_or_default();
    let begins = line(key.line).trim_end().rsplit([' ', ':']).next().unwrap_or_default();
    let is_block = begins.starts_with(['|', '>']);
    let first = key.line.saturating_add(1);
    let indent = |line: &str| line.len() - line.trim_start().len();
    let shift = indent(line(first)).saturating_sub(indent(text.lines().next().unwrap_or_default()));
    let documents = documents(text, if is_block { first } else { key.line }).0;
    let own = File { name: Arc::clone(&file.name), text: String::new(), documents };
    let shift = u32::try_from(shift).unwrap_or_default();
    (own, Inline { shift, at: (!is_block).then_some(key) })
}

impl Resource {
    fn root(&self) -> Option<Node<'_>> {
        self.file.documents.get(self.document).map(model::Tree::root)
    }

    fn is_called(&self, name: &str) -> bool {
        self.names.iter().any(|own| own == name)
    }
}

impl Patch {
    fn is_for(&self, place: usize, resource: &Resource) -> bool {
        let Some(root) = self.file.documents.get(self.document).map(model::Tree::root) else {
            return false;
        };
        let kind = resource.root().and_then(|it| it.get("kind")).map_or("", Node::text);
        let is_meant = match &self.target {
            Some(target) => {
                target.is_plain
                    && target.kind.as_deref().is_none_or(|it| it == kind)
                    && target.name.as_deref().is_none_or(|it| resource.is_called(it))
            }
            None => {
                root.get("kind").map_or("", Node::text) == kind
                    && root.at("metadata.name").is_some_and(|it| resource.is_called(it.text()))
            }
        };
        is_meant && (self.first..self.last).contains(&place)
    }
}

impl Target {
    fn of(node: Node<'_>) -> Self {
        let field = |key| node.get(key).and_then(Node::as_text).map(str::to_owned);
        let plain = |text: &String| text.chars().all(|it| it.is_ascii_alphanumeric() || it == '-');
        let (kind, name) = (field("kind"), field("name"));
        let selects =
            ["labelSelector", "annotationSelector"].iter().any(|it| node.get(it).is_some());
        let is_plain = !selects && [&kind, &name].into_iter().flatten().all(plain);
        Self { kind, name, is_plain }
    }
}

/// What a patch or a resource says at some place of an object.
#[derive(Clone, Copy)]
struct Piece<'a> {
    file: &'a File,
    inline: Option<Inline>,
    /// The operations, if it is a list of those.
    operations: Option<Node<'a>>,
    /// What it says here, if it says something.
    node: Option<Node<'a>>,
}

impl<'a> Piece<'a> {
    fn of_patch(patch: &'a Patch) -> Option<Self> {
        let root = patch.file.documents.get(patch.document)?.root();
        let is_list = root.kind() == Type::Seq;
        Some(Self {
            file: &patch.file,
            inline: patch.inline,
            operations: is_list.then_some(root),
            node: (!is_list).then_some(root),
        })
    }

    fn of_resource(resource: &'a Resource) -> Option<Self> {
        let node = Some(resource.root()?);
        Some(Self { file: &resource.file, inline: None, operations: None, node })
    }

    /// The same one level further down.
    fn step(self, list: Node<'_>, place: usize, node: Node<'_>, pointer: &str) -> Self {
        let next = self.node.and_then(|own| match list.kind() {
            Type::Map => own.get(node.key()),
            _ => item(own, list, place, node),
        });
        Self { node: next.or_else(|| self.set(pointer)), ..self }
    }

    /// What an operation sets at a place.
    fn set(self, pointer: &str) -> Option<Node<'a>> {
        let operations = self.operations?.items();
        let sets = |it: &Node<'_>| {
            let text = |key| it.get(key).and_then(Node::as_str);
            matches!(text("op"), Some("add" | "replace")) && text("path") == Some(pointer)
        };
        operations.filter(sets).last()?.get("value")
    }

    /// The place of what it says here, if that is what was built.
    fn spot(&self, node: Node<'_>) -> Option<Spot> {
        let own = self.node.filter(|own| is_same(*own, node))?;
        let spot = spot(self.file, own);
        let Some(inline) = self.inline else { return Some(spot) };
        let Position { line, column } = spot.at;
        let at = inline.at.unwrap_or(Position { line, column: column + inline.shift });
        Some(Spot { at, path: None, ..spot })
    }
}

/// Places a value and all below it. A container, and what tells which one it is, belongs to the
/// resource; what is in it to the last patch that says so.
fn place_below(
    node: Node<'_>,
    pointer: &str,
    pieces: &[Piece<'_>],
    around: &Spot,
    places: &mut Places,
) {
    let is_container = matches!(node.kind(), Type::Map | Type::Seq);
    // With these a patch only says whom it means.
    let is_identity = matches!(node.key(), "apiVersion" | "kind" | "name");
    let found = if is_container || is_identity {
        pieces.iter().rev().find_map(|piece| piece.spot(node))
    } else {
        pieces.iter().find_map(|piece| piece.spot(node))
    };
    let spot = found.unwrap_or_else(|| around.around());
    for (place, child) in node.children().enumerate() {
        let step = match node.kind() {
            Type::Map => child.key().replace('~', "~0").replace('/', "~1"),
            _ => place.to_string(),
        };
        let pointer = format!("{pointer}/{step}");
        let below: Vec<_> =
            pieces.iter().map(|piece| piece.step(node, place, child, &pointer)).collect();
        place_below(child, &pointer, &below, &spot, places);
    }
    places.set(node, spot);
}
