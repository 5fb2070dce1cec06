//! Manifests copied into distinct folders until there are bytes enough.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use ignore::WalkBuilder;

/// Files laid out for a measurement.
pub(crate) struct Corpus {
    /// What a scan is given.
    pub(crate) folder: PathBuf,
    /// A text file that names each file, one a line: what the floor is given.
    pub(crate) list: PathBuf,
    pub(crate) files: usize,
    pub(crate) bytes: u64,
}

impl Corpus {
    /// Copies the folders over and over below `into`, whole copies, until there are at least so many bytes.
    pub(crate) fn of(folders: &[PathBuf], least: u64, into: &Path) -> Result<Self> {
        let sources = folders.iter().map(|folder| manifests(folder)).collect::<Result<Vec<_>>>()?;
        let mut corpus = Writer::new(into.join("corpus"))?;
        let mut copy = 0;
        while corpus.bytes < least || copy == 0 {
            for (number, source) in sources.iter().enumerate() {
                corpus.copy(&folders[number], source, &format!("copy-{copy:05}/{number}"))?;
            }
            ensure!(corpus.bytes > 0, "the corpus holds no manifest");
            copy += 1;
        }
        corpus.finish()
    }

    /// Copies the first manifest of the folders alone.
    pub(crate) fn first_of(folders: &[PathBuf], into: &Path) -> Result<Self> {
        let folder = folders.first().context("no folder of manifests is given")?;
        let file = manifests(folder)?.into_iter().next().context("the corpus holds no manifest")?;
        let mut corpus = Writer::new(into.join("small"))?;
        corpus.copy(folder, &[file], "")?;
        corpus.finish()
    }
}

/// A corpus while it grows.
struct Writer {
    folder: PathBuf,
    files: Vec<String>,
    bytes: u64,
}

impl Writer {
    fn new(folder: PathBuf) -> Result<Self> {
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("emptying {}", folder.display()))?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, files: Vec::new(), bytes: 0 })
    }

    fn copy(&mut self, from: &Path, files: &[PathBuf], below: &str) -> Result<()> {
        for file in files {
            let target = self.folder.join(below).join(file);
            fs::create_dir_all(target.parent().unwrap_or(&target))?;
            let bytes = fs::copy(from.join(file), &target)
                .with_context(|| format!("copying {}", from.join(file).display()))?;
            self.files.push(target.to_string_lossy().into_owned());
            self.bytes += bytes;
        }
        Ok(())
    }

    fn finish(self) -> Result<Corpus> {
        let list = self.folder.with_extension("list");
        fs::write(&list, self.files.join("\n"))?;
        Ok(Corpus { folder: self.folder, list, files: self.files.len(), bytes: self.bytes })
    }
}

/// The manifests of a folder, sorted, relative to it.
fn manifests(folder: &Path) -> Result<Vec<PathBuf>> {
    let walk =
        WalkBuilder::new(folder).standard_filters(false).sort_by_file_path(Path::cmp).build();
    let mut manifests = Vec::new();
    for entry in walk {
        let path = entry.context("listing the corpus")?.into_path();
        let manifest =
            path.extension().is_some_and(|it| it == "yaml" || it == "yml" || it == "json");
        if manifest && path.is_file() {
            manifests.push(path.strip_prefix(folder)?.to_path_buf());
        }
    }
    Ok(manifests)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_lie_in_distinct_folders_until_there_are_bytes_enough() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("source");
        fs::create_dir(&source).unwrap();
        fs::write(source.join("a.yaml"), "a: 1\n").unwrap();
        fs::write(source.join("notes.txt"), "not a manifest").unwrap();
        let corpus = Corpus::of(&[source], 12, &folder.path().join("into")).unwrap();
        assert_eq!((corpus.files, corpus.bytes), (3, 15));
        let list = fs::read_to_string(&corpus.list).unwrap();
        assert!(list.lines().all(|file| Path::new(file).is_file()));
    }

    #[test]
    fn a_corpus_without_a_manifest_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let source = [folder.path().join("source")];
        fs::create_dir(&source[0]).unwrap();
        assert!(Corpus::of(&source, 1, &folder.path().join("into")).is_err());
        assert!(Corpus::first_of(&source, &folder.path().join("into")).is_err());
    }
}
