//! Which files there are below the paths, in a fixed order.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ignore::overrides::OverrideBuilder;
use ignore::{DirEntry, WalkBuilder};
use model::Unreadable;

use super::peek::is_dump;
use crate::path::{cannot_open, name};

/// A pattern of `--exclude` that is no glob.
#[derive(Debug, thiserror::Error)]
#[error("the pattern {pattern:?} of --exclude is no valid glob")]
pub struct InvalidGlob {
    pattern: String,
    #[source]
    source: ignore::Error,
}

/// The files to read.
#[derive(Default)]
pub(super) struct Found {
    pub(super) files: Vec<PathBuf>,
    pub(super) unreadable: Vec<Unreadable>,
    pub(super) stdin: bool,
    /// How many of the given paths exist.
    pub(super) reached: usize,
}

/// Finds the files below the paths. A file that is named is read whatever its name and whatever
/// ignores it; in directories, files that end in `.yaml`, `.yml` or `.json` are, and dumps.
pub(super) fn find(paths: &[PathBuf], exclude: &[String]) -> Result<Found, InvalidGlob> {
    let mut found = Found::default();
    for path in paths {
        if path.as_os_str() == "-" {
            found.stdin = true;
            found.reached += 1;
        } else if path.is_dir() {
            found.reached += 1;
            walk(path, exclude, &mut found)?;
        } else if let Err(error) = path.symlink_metadata() {
            found.give_up(path, cannot_open(&error));
        } else {
            found.reached += 1;
            found.files.push(path.clone());
        }
    }
    found.files.sort();
    found.once_each();
    Ok(found)
}

fn walk(root: &Path, exclude: &[String], found: &mut Found) -> Result<(), InvalidGlob> {
    let mut excluded = OverrideBuilder::new(root);
    for pattern in exclude {
        let invalid = |source| InvalidGlob { pattern: pattern.clone(), source };
        excluded.add(&format!("!{pattern}")).map_err(invalid)?;
    }
    let invalid = |source| InvalidGlob { pattern: exclude.join(", "), source };
    let mut walker = WalkBuilder::new(root);
    walker
        .overrides(excluded.build().map_err(invalid)?)
        .hidden(false)
        .follow_links(true)
        .require_git(false)
        .git_global(false)
        .add_custom_ignore_filename(".ringfenceignore")
        .filter_entry(|entry| entry.file_name() != ".git");
    for entry in walker.build() {
        match entry {
            Ok(entry) => found.take(&entry),
            Err(error) => found.note(root, &error),
        }
    }
    Ok(())
}

impl Found {
    fn take(&mut self, entry: &DirEntry) {
        if let Some(error) = entry.error() {
            self.note(entry.path(), error);
        }
        let Some(kind) = entry.file_type() else { return };
        let is_of_interest =
            || is_manifest(entry.path()) || kind.is_file() && is_dump(entry.path());
        if kind.is_dir() || !is_of_interest() {
            return;
        }
        if kind.is_file() {
            self.files.push(entry.path().to_owned());
        } else {
            self.give_up(entry.path(), "not a regular file; name it to read it".to_owned());
        }
    }

    fn note(&mut self, root: &Path, error: &ignore::Error) {
        let (path, reason) = explain(error);
        let path = path.unwrap_or_else(|| root.to_owned());
        let dangling = path.symlink_metadata().is_ok_and(|it| it.is_symlink()) && !path.exists();
        if dangling && !is_manifest(&path) {
            return;
        }
        self.give_up(&path, reason);
    }

    fn give_up(&mut self, path: &Path, reason: String) {
        self.unreadable.push(Unreadable { path: name(path), line: None, reason });
    }

    /// Keeps one of several paths that lead to the same file through symbolic links.
    fn once_each(&mut self) {
        self.files.dedup();
        let linked = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
        let has_links = self.files.iter().any(|path| passes_a_link(path));
        if !has_links {
            return;
        }
        let mut first: BTreeMap<PathBuf, PathBuf> = BTreeMap::new();
        for path in &self.files {
            let target = linked(path);
            let shorter = |kept: &PathBuf| kept.as_os_str().len() > path.as_os_str().len();
            if first.get(&target).is_none_or(shorter) {
                first.insert(target, path.clone());
            }
        }
        self.files = first.into_values().collect();
        self.files.sort();
    }
}

fn passes_a_link(path: &Path) -> bool {
    let is_link = |part: &Path| part.symlink_metadata().is_ok_and(|it| it.is_symlink());
    path.ancestors().filter(|part| !part.as_os_str().is_empty()).any(is_link)
}

fn is_manifest(path: &Path) -> bool {
    let ending = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    let is_known = ["yaml", "yml", "json"].iter().any(|known| ending.eq_ignore_ascii_case(known));
    is_known || path.file_name().is_some_and(|name| name == "Kustomization")
}

fn explain(error: &ignore::Error) -> (Option<PathBuf>, String) {
    match error {
        ignore::Error::WithPath { path, err } => (Some(path.clone()), explain(err).1),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            explain(err)
        }
        ignore::Error::Loop { ancestor, child } => {
            let reason = format!("symbolic link back to {}; not followed again", name(ancestor));
            (Some(child.clone()), reason)
        }
        ignore::Error::Io(error) => (None, cannot_open(error)),
        other => (None, other.to_string()),
    }
}
