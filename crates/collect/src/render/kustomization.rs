//! What a kustomization declares.

use std::path::Path;

use model::Unreadable;
use model::tree::Node;

use super::file::{File, unreadable};
use crate::path::{folder, join};

/// The files that make a folder a kustomization.
pub(super) const FILES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// The lists whose entries are other kustomizations or resources.
const PARTS: [&str; 3] = ["resources", "bases", "components"];

/// A kustomization, as its own file declares it.
#[derive(Debug)]
pub(super) struct Kustomization {
    pub(super) file: File,
    pub(super) folder: String,
}

/// A part of a kustomization.
pub(super) enum Part {
    /// A file with resources.
    Resources(String),
    /// Another kustomization.
    Kustomization(Kustomization),
}

impl Kustomization {
    /// Reads the file of a kustomization.
    pub(super) fn read(name: &str) -> Result<Self, Unreadable> {
        Ok(Self { file: File::read_whole(name)?, folder: folder(name).to_owned() })
    }

    /// Whether it only adds to others.
    pub(super) fn is_component(&self) -> bool {
        self.text("kind") == "Component"
    }

    /// One of its texts, empty where there is none.
    pub(super) fn text(&self, key: &str) -> &str {
        self.file.root().and_then(|root| root.get(key)).and_then(Node::as_str).unwrap_or_default()
    }

    /// The entries of one of its lists.
    pub(super) fn listed(&self, key: &str) -> impl Iterator<Item = Node<'_>> {
        self.file.root().and_then(|root| root.get(key)).into_iter().flat_map(Node::items)
    }

    /// The paths of what it builds on, as they would be if they were here.
    pub(super) fn parts(&self) -> impl Iterator<Item = String> {
        let listed = PARTS.into_iter().flat_map(|key| self.listed(key));
        listed.filter_map(Node::as_str).map(|path| join(&self.folder, path))
    }

    /// Opens the entries of one of the lists of parts.
    ///
    /// # Errors
    /// When one is not here, so that it would have to be fetched.
    pub(super) fn open(&self, key: &str) -> Result<Vec<Part>, Unreadable> {
        self.listed(key).map(|entry| self.part(entry)).collect()
    }

    fn part(&self, entry: Node<'_>) -> Result<Part, Unreadable> {
        let text = entry.as_str().unwrap_or_default();
        let path = join(&self.folder, text);
        if Path::new(&path).is_file() {
            return Ok(Part::Resources(path));
        }
        let mut files = FILES.into_iter().map(|file| join(&path, file));
        match files.find(|file| Path::new(file).is_file()) {
            Some(file) => Kustomization::read(&file).map(Part::Kustomization),
            None => Err(self.absent(entry)),
        }
    }

    fn absent(&self, entry: Node<'_>) -> Unreadable {
        let text = entry.as_str().unwrap_or_default();
        let reason = if text.is_empty() {
            "an entry is no path".to_owned()
        } else if is_address(text) || text.contains(".com/") || text.contains("?ref=") {
            format!(
                "it builds on {text}, and nothing is fetched while scanning; vendor a copy and name \
                 that, or pass the rendered manifests"
            )
        } else {
            format!(
                "it builds on {text}, which is neither a file nor a folder with a kustomization"
            )
        };
        self.refuse(entry, reason)
    }

    /// Why it is not built, if one of its own fields asks for the network or for what Kustomize does
    /// not do by itself.
    pub(super) fn refusal(&self) -> Option<Unreadable> {
        let root = self.file.root()?;
        if let Some(charts) =
            ["helmCharts", "helmChartInflationGenerator"].iter().find_map(|it| root.get(it))
        {
            let reason = format!(
                "{} fetches charts, and nothing is fetched while scanning; pass the rendered manifests",
                charts.key()
            );
            return Some(self.refuse(charts, reason));
        }
        let mut fields = root.entries().filter(|it| !is_inert(it.key()));
        let address = fields.find_map(first_address)?;
        let reason = format!(
            "it reads {}, and nothing is fetched while scanning; vendor a copy and name that, or pass \
             the rendered manifests",
            address.text()
        );
        Some(self.refuse(address, reason))
    }

    fn refuse(&self, at: Node<'_>, reason: String) -> Unreadable {
        unreadable(&self.file.name, Some(at.position().line), reason)
    }
}

/// Fields whose texts are no paths.
fn is_inert(key: &str) -> bool {
    let inert = ["commonLabels", "labels", "commonAnnotations", "images", "vars", "metadata"];
    inert.contains(&key) || PARTS.contains(&key)
}

/// The first text that Kustomize would fetch: a whole text on one line that is an address. In what is
/// generated, only names of files are read.
fn first_address(node: Node<'_>) -> Option<Node<'_>> {
    if matches!(node.key(), "literals" | "options" | "patch" | "target") {
        return None;
    }
    let path = node.as_str().map(|text| text.split_once('=').map_or(text, |(_, path)| path));
    if path.is_some_and(|path| is_address(path) && !path.contains('\n')) {
        return Some(node);
    }
    node.children().find_map(first_address)
}

fn is_address(path: &str) -> bool {
    path.contains("://") || path.starts_with("git@") || path.starts_with("git::")
}
