//! The repository in which paths lie, and its commits.

use std::path::{Path, PathBuf};

use super::error::Error;
use super::git::ask;
use super::listing::path_of;

/// A work tree.
#[derive(Debug)]
pub(super) struct Repository {
    /// Its top folder, without symbolic links.
    pub(super) top: PathBuf,
}

impl Repository {
    /// The one repository of all paths, and where in it each lies.
    pub(super) fn of(paths: &[PathBuf]) -> Result<(Self, Vec<PathBuf>), Error> {
        let mut top: Option<PathBuf> = None;
        let mut inside = Vec::new();
        for path in paths {
            let (folder, rest) = home(path);
            let found = Self::around(&folder)?.map_err(|reason| {
                let path = path.display().to_string();
                Error::NoRepository { path, reason }
            })?;
            let first = top.get_or_insert_with(|| found.top.clone());
            if *first != found.top {
                let (one, other) = (first.display().to_string(), found.top.display().to_string());
                return Err(Error::Several { one, other });
            }
            inside.push(folder.strip_prefix(&found.top).unwrap_or(Path::new("")).join(rest));
        }
        let top = top.unwrap_or_default();
        Ok((Self { top }, inside))
    }

    /// The repository around a folder, or what Git says against it.
    pub(super) fn around(folder: &Path) -> Result<Result<Self, String>, Error> {
        let top = ask(folder, &["rev-parse", "--show-toplevel"])?;
        Ok(top.map(|top| {
            let top = path_of(&top);
            Self { top: top.canonicalize().unwrap_or(top) }
        }))
    }

    /// The hash of the commit that a text names.
    pub(super) fn commit(&self, name: &str) -> Result<String, Error> {
        let commit = format!("{name}^{{commit}}");
        let asked = ["rev-parse", "--verify", "--quiet", "--end-of-options", &commit];
        match ask(&self.top, &asked)? {
            Ok(hash) => Ok(String::from_utf8_lossy(&hash).into_owned()),
            Err(_) if self.is_shallow()? => Err(Error::Shallow(name.to_owned())),
            Err(_) => Err(Error::Unknown(name.to_owned())),
        }
    }

    fn is_shallow(&self) -> Result<bool, Error> {
        let answer = ask(&self.top, &["rev-parse", "--is-shallow-repository"])?;
        Ok(answer.is_ok_and(|it| it == b"true"))
    }
}

/// The folder in which a path lies, without symbolic links, and the rest of the path. A link itself
/// belongs to the rest: where it leads may have changed.
fn home(path: &Path) -> (PathBuf, PathBuf) {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let is_folder = |it: &Path| {
        it.is_dir() && (it != path || !it.symlink_metadata().is_ok_and(|it| it.is_symlink()))
    };
    let folder = path.ancestors().find(|it| is_folder(it)).unwrap_or(Path::new("/"));
    let rest = path.strip_prefix(folder).unwrap_or(Path::new("")).to_owned();
    (folder.canonicalize().unwrap_or_else(|_| folder.to_owned()), rest)
}
