//! A copy of files for a program, in which some hold a text that is not yet written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::file::Files;
use crate::path::{join, name};

/// No more than this is copied.
const MOST_BYTES: u64 = 64 << 20;

/// Where a program finds its files: where they are, or in a copy.
pub(super) struct Copy(Option<Folder>);

/// A folder that holds copies below their whole paths, and goes with us.
struct Folder {
    root: tempfile::TempDir,
    here: String,
    left: u64,
}

impl Copy {
    /// Of some files and folders, if one of them holds a text that is not yet written.
    ///
    /// # Errors
    /// Why there is none, in words.
    #[allow(clippy::disallowed_methods, reason = "a program reads files where they lie")]
    pub(super) fn of<'p>(
        paths: impl Iterator<Item = &'p String> + Clone,
        files: &Files<'_>,
    ) -> Result<Self, String> {
        let is_below = |file: &str, path: &String| {
            let (file, path) = (join("", file), join("", path));
            path.is_empty()
                || file.strip_prefix(&path).is_some_and(|it| it.is_empty() || it.starts_with('/'))
        };
        let new: Vec<_> =
            files.0.iter().filter(|(file, _)| paths.clone().any(|it| is_below(file, it))).collect();
        if new.is_empty() {
            return Ok(Self(None));
        }
        let said = |error: io::Error| format!("a copy to try edits cannot be made: {error}");
        let here = name(&std::env::current_dir().map_err(said)?).to_string();
        let root = tempfile::tempdir().map_err(said)?;
        let mut folder = Folder { root, here, left: MOST_BYTES };
        for path in paths {
            folder.copy(Path::new(if path.is_empty() { "." } else { path })).map_err(said)?;
        }
        for (file, text) in new {
            fs::write(folder.at(file), text).map_err(said)?;
        }
        Ok(Self(Some(folder)))
    }

    /// The path by which a program finds a file or folder. It takes none for an option or an address.
    pub(super) fn at(&self, path: &str) -> String {
        match &self.0 {
            Some(folder) => folder.at(path).to_string_lossy().into_owned(),
            None if path.starts_with('/') => path.to_owned(),
            None => format!("./{path}"),
        }
    }
}

impl Folder {
    fn at(&self, path: &str) -> PathBuf {
        let whole = join(&self.here, path);
        self.root.path().join(whole.trim_start_matches('/'))
    }

    /// Copies a file, or all below a folder. Links to folders are not followed.
    #[allow(clippy::disallowed_methods, reason = "a program reads files where they lie")]
    fn copy(&mut self, path: &Path) -> io::Result<()> {
        let to = self.at(&name(path));
        if path.is_dir() {
            fs::create_dir_all(to)?;
            for entry in fs::read_dir(path)? {
                let entry = entry?;
                let is_link = entry.file_type()?.is_symlink();
                if entry.file_name() != ".git" && !(is_link && entry.path().is_dir()) {
                    self.copy(&entry.path())?;
                }
            }
            return Ok(());
        }
        // A pipe would be waited for, and a link that leads nowhere is the program's to complain of.
        if !path.is_file() {
            return Ok(());
        }
        let size = path.metadata()?.len();
        self.left = self.left.checked_sub(size).ok_or_else(|| {
            io::Error::other(format!("it has more than {} MiB", MOST_BYTES >> 20))
        })?;
        to.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::copy(path, to).map(drop)
    }
}
