//! What a chart declares.

use std::path::Path;
use std::sync::Arc;

use model::Unreadable;
use model::tree::Node;

use super::file::{File, unreadable};
use crate::path::{folder, join};

/// The file that makes a folder a chart.
pub(super) const FILE: &str = "Chart.yaml";

/// A chart, as its own file declares it.
#[derive(Debug)]
pub(super) struct Chart {
    pub(super) file: Arc<str>,
    pub(super) folder: String,
    pub(super) name: String,
    pub(super) is_library: bool,
    dependencies: Vec<Dependency>,
}

/// Another chart that a chart needs.
#[derive(Debug)]
struct Dependency {
    name: String,
    alias: Option<String>,
    line: u32,
}

impl Chart {
    /// Reads the file of a chart, and that of its dependencies where they stand apart, as they did
    /// for Helm 2.
    pub(super) fn read(name: &str) -> Result<Self, Unreadable> {
        let file = File::read_whole(name)?;
        let folder = folder(name).to_owned();
        let field = |key| file.root()?.get(key)?.as_text().map(str::to_owned);
        let mut dependencies = file.root().map(dependencies).unwrap_or_default();
        if let Ok(apart) = File::read(&join(&folder, "requirements.yaml")) {
            dependencies.extend(apart.root().map(self::dependencies).unwrap_or_default());
        }
        Ok(Self {
            name: field("name").unwrap_or_default(),
            is_library: field("type").as_deref() == Some("library"),
            file: name.into(),
            folder,
            dependencies,
        })
    }

    /// Why it is not rendered, if it cannot be without fetching something.
    pub(super) fn refusal(&self) -> Option<Unreadable> {
        if self.is_library {
            let reason = "a library chart renders nothing; scan the charts that use it".to_owned();
            return Some(unreadable(&self.file, None, reason));
        }
        let missing = self.dependencies.iter().find(|it| self.vendored(it).is_none())?;
        let folder = if self.folder.is_empty() { "." } else { &self.folder };
        let reason = format!(
            "its dependency {} is not in {}, and nothing is fetched while scanning; run `helm \
             dependency build {folder}` first",
            missing.name,
            join(&self.folder, "charts"),
        );
        Some(unreadable(&self.file, Some(missing.line), reason))
    }

    /// The folder of a chart below this one, by the name that Helm calls it; nothing for an archive.
    pub(super) fn below(&self, called: &str) -> Option<String> {
        let own = join(&self.folder, &format!("charts/{called}"));
        if Path::new(&own).join(FILE).is_file() {
            return Some(own);
        }
        let is_meant = |it: &&Dependency| it.alias.as_deref() == Some(called) || it.name == called;
        self.vendored(self.dependencies.iter().find(is_meant)?)
            .filter(|path| Path::new(path).is_dir())
    }

    /// Where a dependency lies: a folder or an archive.
    fn vendored(&self, dependency: &Dependency) -> Option<String> {
        let charts = join(&self.folder, "charts");
        let same = format!("{charts}/{}", dependency.name);
        if Path::new(&same).join(FILE).is_file() {
            return Some(same);
        }
        let entries = Path::new(&charts).read_dir().ok()?.flatten();
        let mut names: Vec<String> =
            entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        let path = |name: String| format!("{charts}/{name}");
        names.into_iter().find(|name| is_of(&path(name.clone()), name, dependency)).map(path)
    }
}

/// Whether something in the folder of dependencies is the one that is meant.
fn is_of(path: &str, name: &str, dependency: &Dependency) -> bool {
    let is_archive = Path::new(name).extension().is_some_and(|it| it == "tgz");
    let version = name.strip_prefix(&dependency.name).and_then(|rest| rest.strip_prefix('-'));
    if is_archive && version.is_some_and(|it| it.starts_with(|it: char| it.is_ascii_digit())) {
        return true;
    }
    let declared = File::read(&join(path, FILE)).ok();
    let declared = declared.as_ref().and_then(|file| file.root()?.get("name")?.as_text());
    declared == Some(&dependency.name)
}

fn dependencies(root: Node<'_>) -> Vec<Dependency> {
    let listed = root.get("dependencies").into_iter().flat_map(Node::items);
    let read = |node: Node<'_>| {
        let field = |key| node.get(key).and_then(Node::as_text).map(str::to_owned);
        let line = node.position().line;
        Some(Dependency { name: field("name")?, alias: field("alias"), line })
    };
    listed.filter_map(read).collect()
}
