//! A temporary folder and ways to fill it.

use std::fs::{self, File, Permissions};
use std::io::{BufWriter, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::ringfence::Ringfence;

/// A temporary folder, gone at its end.
pub struct Folder(TempDir);

impl Folder {
    /// An empty folder that every user may enter.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("ringfence-e2e-").tempdir();
        let folder = Self(folder.expect("there is room for temporary files"));
        folder.set_mode("", 0o755);
        folder
    }

    /// A folder with one file.
    pub fn with(name: &str, content: impl AsRef<[u8]>) -> Self {
        Self::new().and(name, content)
    }

    /// The same folder with one more file.
    #[must_use]
    pub fn and(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(name, |out| out.write_all(content.as_ref()));
        self
    }

    /// Writes a file piece by piece, so that the test itself stays small; gives its size.
    pub fn write(
        &self,
        name: &str,
        write: impl FnOnce(&mut BufWriter<File>) -> std::io::Result<()>,
    ) -> u64 {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap_or(&path)).expect("a folder can be made");
        let mut out = BufWriter::new(File::create(&path).expect("a file can be made"));
        write(&mut out).and_then(|()| out.flush()).expect("a file can be written");
        path.metadata().expect("the file is there").len()
    }

    /// Makes a folder inside.
    pub fn make_folder(&self, name: &str) {
        fs::create_dir_all(self.path(name)).expect("a folder can be made");
    }

    /// Makes a symbolic link.
    pub fn link(&self, target: impl AsRef<Path>, name: &str) {
        symlink(target, self.path(name)).expect("a link can be made");
    }

    /// Makes a pipe with a name.
    pub fn make_pipe(&self, name: &str) {
        let made = Command::new("mkfifo").arg(self.path(name)).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo makes a pipe");
    }

    /// Sets who may read, write and enter.
    pub fn set_mode(&self, name: &str, mode: u32) {
        let set = fs::set_permissions(self.path(name), Permissions::from_mode(mode));
        set.expect("the owner may set permissions");
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        self.0.path()
    }

    /// The path of something inside.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The size of the largest file inside.
    pub fn largest(&self) -> u64 {
        largest_below(self.0.path())
    }

    /// `ringfence scan .` in this folder, as JSON.
    pub fn scan(&self) -> Ringfence {
        self.scan_of(&["."])
    }

    /// `ringfence scan` of some paths in this folder, as JSON.
    pub fn scan_of(&self, paths: &[&str]) -> Ringfence {
        self.ringfence(&["scan", "--output", "json", "--"]).args(paths)
    }

    /// `ringfence` in this folder.
    pub fn ringfence(&self, arguments: &[&str]) -> Ringfence {
        Ringfence::new(self.0.path()).args(arguments).largest_file(self.largest())
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

fn largest_below(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let size = |entry: fs::DirEntry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => largest_below(&entry.path()),
        Ok(kind) if kind.is_file() => entry.metadata().map_or(0, |it| it.len()),
        _ => 0,
    };
    entries.map(size).max().unwrap_or_default()
}
