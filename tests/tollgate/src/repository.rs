//! A Git repository with manifests.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::program::run;

/// A Git repository, gone at its end.
pub struct Repository(TempDir);

impl Repository {
    /// An empty one.
    pub fn new() -> Self {
        let repository = Self(tempfile::tempdir().expect("there is room for temporary files"));
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository
    }

    /// The same with one more file, not yet committed.
    #[must_use]
    pub fn and(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap_or(&path)).expect("a folder can be made");
        std::fs::write(path, content).expect("a file can be written");
        self
    }

    /// Commits all that is there; the hash of the commit.
    pub fn commit(&self) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--no-verify", "--message", "x"]);
        self.git(&["rev-parse", "HEAD"]).trim().to_owned()
    }

    /// Runs Git in it.
    pub fn git(&self, words: &[&str]) -> String {
        let who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
        run(Command::new("git").current_dir(self.root()).args(who).args(words)).with(0)
    }

    /// Its top folder.
    pub fn root(&self) -> &Path {
        self.0.path()
    }

    /// The path of something inside.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

impl Default for Repository {
    fn default() -> Self {
        Self::new()
    }
}

/// A pod of a name that may do whatever its node may.
pub fn privileged_pod(name: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}}}\nspec:\n  containers:\n    \
         - {{name: main, image: a, securityContext: {{privileged: true}}}}\n"
    )
}
