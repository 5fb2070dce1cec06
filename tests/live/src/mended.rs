//! Folders of manifests before and after `ringfence fix --review`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use e2e::{Ringfence, Run};
use serde_json::Value;
use tempfile::TempDir;

use crate::corpus::units;

/// The manifests below some folders, as they are and as they are mended.
pub struct Mended {
    before: TempDir,
    after: TempDir,
    account: Value,
    code: i32,
    names: Vec<PathBuf>,
}

impl Mended {
    /// Copies the manifests below some folders, and mends the copy.
    ///
    /// # Panics
    /// When they cannot be copied, or what is told of the edits is no account.
    pub fn of(folders: &[PathBuf]) -> Self {
        let (before, names) = copy(folders);
        let (after, _) = copy(folders);
        let run = fix(after.path(), &["--output", "json"]);
        let account = serde_json::from_str(&run.text()).expect("the account is JSON");
        Self { before, after, account, code: run.code().unwrap_or_default(), names }
    }

    /// The files, as seen from the folder of each side.
    pub fn names(&self) -> &[PathBuf] {
        &self.names
    }

    /// The files that read otherwise than before.
    pub fn changed(&self) -> impl Iterator<Item = &Path> {
        let names = self.names.iter().map(PathBuf::as_path);
        names.filter(|it| fs::read(self.before(it)).ok() != fs::read(self.after(it)).ok())
    }

    /// The files of which the account tells an edit.
    pub fn told(&self) -> BTreeSet<&Path> {
        let edits = self.account["edits"].as_array().into_iter().flatten();
        edits.filter_map(|it| Some(Path::new(it["file"].as_str()?))).collect()
    }

    /// A file as it was.
    pub fn before(&self, name: &Path) -> PathBuf {
        self.before.path().join(name)
    }

    /// A file as it is now.
    pub fn after(&self, name: &Path) -> PathBuf {
        self.after.path().join(name)
    }

    /// The folder of what is mended.
    pub fn folder(&self) -> &Path {
        self.after.path()
    }

    /// The folder of what is as it was.
    pub fn unmended(&self) -> &Path {
        self.before.path()
    }

    /// What was done, as `ringfence.fix/v1`.
    pub fn account(&self) -> &Value {
        &self.account
    }

    /// How the run ended.
    pub fn code(&self) -> i32 {
        self.code
    }
}

/// `ringfence fix --review` in a folder.
pub fn fix(folder: &Path, arguments: &[&str]) -> Run {
    let run = Ringfence::new(folder).args(&["fix", "--review"]).args(arguments);
    run.args(&["."]).run()
}

fn copy(folders: &[PathBuf]) -> (TempDir, Vec<PathBuf>) {
    let to = tempfile::tempdir().expect("there is room for temporary files");
    let mut names = Vec::new();
    for (place, folder) in folders.iter().enumerate() {
        for file in units(std::slice::from_ref(folder)).concat() {
            let below = file.strip_prefix(folder).expect("it lies below");
            let name = Path::new(&format!("{place:02}")).join(below);
            let copy = to.path().join(&name);
            fs::create_dir_all(copy.parent().expect("a folder")).expect("a folder is made");
            fs::write(copy, fs::read(&file).expect("it is read")).expect("it is copied");
            names.push(name);
        }
    }
    (to, names)
}
