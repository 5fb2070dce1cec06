//! Why files could not be read as they were.

use std::io;

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
