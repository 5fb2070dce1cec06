//! The chart and the kustomizations of the tests.

use std::fs;
use std::path::{Path, PathBuf};

use e2e::Folder;

/// A copy of the fixtures of a name, and the path to it.
///
/// # Panics
/// When they cannot be read.
pub fn fixtures(name: &str) -> (Folder, PathBuf) {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    let mut folder = Folder::new();
    for file in below(&own) {
        let path = file.strip_prefix(&own).expect("it is below").display().to_string();
        folder = folder.and(&path, fs::read(&file).expect("it can be read"));
    }
    let path = folder.path("").canonicalize().expect("it is there");
    (folder, path)
}

/// All files below a folder.
///
/// # Panics
/// When it cannot be listed.
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("it can be listed").flatten().map(|it| it.path());
    entries.flat_map(|it| if it.is_dir() { below(&it) } else { vec![it] }).collect()
}
