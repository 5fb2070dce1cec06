//! Which files of a commit a scan of some paths may read.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use super::listing::{Entry, Kind};

/// What says which files are passed over, and which folder is a chart.
const GUIDES: [&str; 4] = [".gitignore", ".ignore", ".ringfenceignore", "Chart.yaml"];

/// Endings of what is read in folders: manifests and dumps.
const ENDINGS: [&str; 4] = ["yaml", "yml", "json", "zst"];

/// The paths of a scan, from the top of the repository.
pub(super) struct Selection<'a> {
    paths: &'a [PathBuf],
    /// Where symbolic links lead. With any of them, all of the commit may be read.
    targets: BTreeSet<PathBuf>,
}

impl<'a> Selection<'a> {
    pub(super) fn of(paths: &'a [PathBuf]) -> Self {
        Self { paths, targets: BTreeSet::new() }
    }

    /// Whether it lies below a path of the scan.
    pub(super) fn holds(&self, path: &Path) -> bool {
        self.paths.iter().any(|root| path.starts_with(root))
    }

    /// Whether a scan may get there, be it through links.
    pub(super) fn reaches(&self, path: &Path) -> bool {
        self.holds(path) || !self.targets.is_empty()
    }

    /// Makes what a link leads to a part of it. Fails where that is outside of the repository.
    pub(super) fn follow(&mut self, link: &Path, target: &Path) -> bool {
        let target = inside(link, target);
        let is_inside = target.is_some();
        self.targets.extend(target);
        is_inside
    }

    /// Whether a scan may read the file.
    pub(super) fn wants(&self, entry: &Entry) -> bool {
        if entry.kind != Kind::File {
            return false;
        }
        let path = &entry.path;
        let named = self.paths.contains(path) || self.targets.contains(path);
        let near = self.reaches(path);
        named || is_guide(path) && (near || self.is_above(path)) || near && is_read(path)
    }

    /// Whether it lies in a folder in which a path of the scan lies, too.
    fn is_above(&self, path: &Path) -> bool {
        let folder = path.parent().unwrap_or(path);
        self.paths.iter().any(|root| root.starts_with(folder))
    }
}

fn is_guide(path: &Path) -> bool {
    path.file_name().is_some_and(|name| GUIDES.iter().any(|guide| name == *guide))
}

fn is_read(path: &Path) -> bool {
    let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// Where a link leads, from the top of the repository.
fn inside(link: &Path, target: &Path) -> Option<PathBuf> {
    let mut path = link.parent()?.to_owned();
    for part in target.components() {
        match part {
            Component::Normal(name) => path.push(name),
            Component::CurDir => {}
            Component::ParentDir if path.pop() => {}
            _ => return None,
        }
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wants(paths: &[&str], path: &str) -> bool {
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        let entry = Entry { kind: Kind::File, hash: String::new(), path: path.into() };
        Selection::of(&paths).wants(&entry)
    }

    #[test]
    fn manifests_below_the_paths_and_the_guides_above_them_are_read() {
        assert!(wants(&["deploy"], "deploy/a/b.YAML"));
        assert!(wants(&["deploy/a"], "deploy/.ringfenceignore"));
        assert!(wants(&["deploy/notes.txt"], "deploy/notes.txt"));
        assert!(wants(&[""], "a.json"));
        assert!(!wants(&["deploy"], "other/a.yaml"));
        assert!(!wants(&["deploy"], "deployment/a.yaml"));
        assert!(!wants(&["deploy"], "deploy/main.go"));
        assert!(!wants(&["deploy"], "other/.gitignore"));
    }

    #[test]
    fn a_link_may_lead_through_the_repository_and_not_out_of_it() {
        let inside = |link: &str, target: &str| inside(link.as_ref(), target.as_ref());
        assert_eq!(inside("a/link", "../b/c.yaml"), Some("b/c.yaml".into()));
        assert_eq!(inside("a/link", "."), Some("a".into()));
        assert_eq!(inside("a/link", "../../b"), None);
        assert_eq!(inside("link", "/etc"), None);
    }
}
