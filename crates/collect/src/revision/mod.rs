//! The paths of a scan as they were at a commit, read from Git's objects without touching the work
//! tree.
//!
//! ```text
//! paths ─▶ repository ─▶ commit ─▶ listing ─▶ selection ─▶ objects ─▶ copy ─▶ manifests
//! ```
//!
//! The user's own `git` reads: it knows packs, alternates, worktrees and whom it trusts. It is started
//! with single arguments and never through a shell, runs no filter and no hook, and asks no server.
//! What is copied is what a scan reads, the ignore files of that commit included; bytes are those of the
//! commit.

mod copy;
mod error;
mod git;
mod listing;
mod objects;
mod repository;
mod selection;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::manifests::Moved;
use copy::Copy;
pub use error::Error;
use repository::Repository;

/// The name of a commit, as a user writes it: a branch, a tag, a hash, `HEAD~3`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision(String);

/// A text that names no commit, whatever the repository.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it names no commit; write a branch, a tag or a hash, as in origin/main")]
pub struct InvalidRevision;

/// Paths as they were at a commit.
#[derive(Debug)]
pub struct Past {
    /// The copy of each path that was there, to be read in place of the path itself.
    pub moved: Vec<Moved>,
    /// What could not be had, one sentence each.
    pub gaps: Vec<String>,
}

/// Copies the paths as they were at a revision into an empty folder.
///
/// # Errors
/// When there is no Git, no single repository, no such commit, or too much in it.
pub fn copy(revision: &Revision, paths: &[PathBuf], into: &Path) -> Result<Past, Error> {
    let (repository, inside) = Repository::of(paths)?;
    let commit = repository.commit(&revision.0)?;
    let mut copy = Copy::new(into);
    copy.take(&repository, &commit, &inside, Path::new(""))?;
    let places = inside.iter().zip(paths);
    let moved =
        places.map(|(place, path)| Moved { at: into.join(place), shown: path.clone() }).collect();
    Ok(Past { moved, gaps: copy.gaps() })
}

/// The files that a listing of a commit names, for who holds one already: the fuzzer.
pub fn files(listing: &[u8]) -> impl Iterator<Item = PathBuf> {
    listing::entries(listing).map(|entry| entry.path)
}

impl FromStr for Revision {
    type Err = InvalidRevision;

    /// Takes what may be a name; whether there is such a commit, the repository tells. What starts with a
    /// dash would be an option, and no name does.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_name =
            !text.is_empty() && !text.starts_with('-') && !text.contains(char::is_control);
        is_name.then(|| Self(text.to_owned())).ok_or(InvalidRevision)
    }
}

impl std::fmt::Display for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_no_revision() {
        for text in ["", "-", "--all", "--output=/tmp/x", "main\0", "main\n"] {
            assert_eq!(text.parse::<Revision>(), Err(InvalidRevision), "{text:?}");
        }
        assert!("origin/main".parse::<Revision>().is_ok());
        assert!(":/fix -x".parse::<Revision>().is_ok());
    }
}
