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
mod git;
mod listing;
mod objects;
mod repository;
mod selection;

use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::manifests::Moved;
use copy::Copy;
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

/// Why paths could not be read as they were.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no `git`.
    #[error("starting `git`; install it, or take an earlier JSON result as the baseline")]
    NoGit(#[source] io::Error),
    /// A path lies in no repository, or in one that Git does not trust.
    #[error("{path} lies in no work tree that Git reads: {reason}")]
    NoRepository {
        /// The path, as the user wrote it.
        path: String,
        /// What Git says.
        reason: String,
    },
    /// Paths of more than one repository.
    #[error("{one} and {other} are different repositories; scan them one by one")]
    Several {
        /// The first.
        one: String,
        /// Another.
        other: String,
    },
    /// The repository has no such commit.
    #[error("{0:?} is no commit of this repository; `git fetch` it, or check the name")]
    Unknown(String),
    /// The repository has no such commit, and lacks many.
    #[error(
        "{0:?} is no commit of this repository, which is a shallow clone; `git fetch --depth=1 origin` it"
    )]
    Shallow(String),
    /// More than anybody keeps manifests in.
    #[error("{0}; name the paths that hold manifests")]
    TooMuch(&'static str),
    /// Git gave up.
    #[error("`git {command}` failed: {reason}")]
    Failed {
        /// What it was to do.
        command: &'static str,
        /// What it said.
        reason: String,
    },
    /// The copy could not be written.
    #[error("writing a copy into the folder for temporary files; $TMPDIR names it")]
    Copy(#[source] io::Error),
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
