//! A copy of the files of a commit, in a folder of its own.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error::Error;
use super::listing::{Entry, Kind, list, path_of};
use super::objects;
use super::repository::Repository;
use super::selection::Selection;

/// More bytes of manifests are not copied.
const MOST_BYTES: u64 = 4 << 30;

/// A link says where it leads in fewer bytes.
const LONGEST_LINK: u64 = 4096;

/// Submodules inside submodules: deeper ones are left out.
const MOST_SUBMODULES: usize = 8;

/// So many gaps are named, the others counted.
const NAMED_GAPS: usize = 10;

/// What is copied, and what could not be.
pub(super) struct Copy<'a> {
    into: &'a Path,
    bytes: u64,
    depth: usize,
    gaps: Vec<String>,
}

/// A symbolic link of the commit.
struct Link {
    path: PathBuf,
    target: PathBuf,
}

impl<'a> Copy<'a> {
    pub(super) fn new(into: &'a Path) -> Self {
        Self { into, bytes: 0, depth: 0, gaps: Vec::new() }
    }

    /// Copies what a scan of the paths may read, into a folder of the copy.
    pub(super) fn take(
        &mut self,
        repository: &Repository,
        commit: &str,
        paths: &[PathBuf],
        at: &Path,
    ) -> Result<(), Error> {
        let entries = list(&repository.top, commit)?;
        let mut selection = Selection::of(paths);
        let links = self.links(repository, &entries, &mut selection)?;
        self.files(repository, &entries, &selection, at)?;
        let is_wanted = |it: &&Entry| it.kind == Kind::Submodule && selection.reaches(&it.path);
        entries.iter().filter(is_wanted).try_for_each(|it| self.submodule(repository, it, at))?;
        // Last, so that nothing is ever written through one.
        links.iter().try_for_each(|it| self.link(&at.join(&it.path), &it.target))
    }

    /// What could not be copied, one sentence each.
    pub(super) fn gaps(self) -> Vec<String> {
        let mut gaps = self.gaps;
        let more = gaps.len().saturating_sub(NAMED_GAPS);
        gaps.truncate(NAMED_GAPS);
        if more > 0 {
            gaps.push(format!("and {more} more like these"));
        }
        gaps
    }

    /// The links: those below the paths, and where there are any, all others, for they may be passed.
    fn links(
        &mut self,
        repository: &Repository,
        entries: &[Entry],
        selection: &mut Selection<'_>,
    ) -> Result<Vec<Link>, Error> {
        let all: Vec<&Entry> = entries.iter().filter(|it| it.kind == Kind::Link).collect();
        let mut links = Vec::new();
        if !all.iter().any(|it| selection.holds(&it.path)) {
            return Ok(links);
        }
        objects::read(&repository.top, &all, &mut |entry, object| {
            let Some(object) = object else { return self.miss(&entry.path) };
            let mut target = Vec::new();
            let (length, mut bytes) = (object.size, object.bytes);
            bytes.read_to_end(&mut target).map_err(Error::Copy)?;
            let (path, target) = (entry.path.clone(), path_of(&target));
            if length <= LONGEST_LINK && selection.follow(&path, &target) {
                links.push(Link { path, target });
            } else if selection.holds(&path) {
                let path = path.display();
                self.gaps.push(format!("the link {path} leads out of the repository"));
            }
            Ok(())
        })?;
        Ok(links)
    }

    fn files(
        &mut self,
        repository: &Repository,
        entries: &[Entry],
        selection: &Selection<'_>,
        at: &Path,
    ) -> Result<(), Error> {
        let wanted: Vec<&Entry> = entries.iter().filter(|it| selection.wants(it)).collect();
        objects::read(&repository.top, &wanted, &mut |entry, object| {
            let Some(mut object) = object else { return self.miss(&entry.path) };
            self.bytes = self.bytes.saturating_add(object.size);
            if self.bytes > MOST_BYTES {
                return Err(Error::TooMuch("the commit holds more than 4 GiB of manifests"));
            }
            let mut file = File::create(self.place(&at.join(&entry.path))?).map_err(Error::Copy)?;
            io::copy(&mut object.bytes, &mut file).map(drop).map_err(Error::Copy)
        })
    }

    #[allow(clippy::unnecessary_wraps, reason = "it is what becomes of an answer")]
    fn miss(&mut self, path: &Path) -> Result<(), Error> {
        let path = path.display();
        self.gaps.push(format!("{path} is not in this partial clone; `git fetch --refetch` it"));
        Ok(())
    }

    #[cfg(unix)]
    fn link(&mut self, path: &Path, target: &Path) -> Result<(), Error> {
        std::os::unix::fs::symlink(target, self.place(path)?).map_err(Error::Copy)
    }

    /// Where links need rights of their own, Git itself writes files in their place.
    #[cfg(not(unix))]
    fn link(&mut self, path: &Path, _target: &Path) -> Result<(), Error> {
        self.gaps.push(format!("the link {} is not followed here", path.display()));
        Ok(())
    }

    /// Where a file goes; the folders above it are made.
    fn place(&self, path: &Path) -> Result<PathBuf, Error> {
        let place = self.into.join(path);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).map_err(Error::Copy)?;
        }
        Ok(place)
    }

    /// Copies a submodule that is checked out now; one that is not is not judged either.
    fn submodule(&mut self, outer: &Repository, entry: &Entry, at: &Path) -> Result<(), Error> {
        let folder = outer.top.join(&entry.path);
        if self.depth == MOST_SUBMODULES || !folder.is_dir() {
            return Ok(());
        }
        // Without a repository of its own, Git answers with the one around it.
        let Ok(repository) = Repository::around(&folder)? else { return Ok(()) };
        if folder.canonicalize().ok().as_ref() != Some(&repository.top) {
            return Ok(());
        }
        let path = at.join(&entry.path);
        let Ok(commit) = repository.commit(&entry.hash) else {
            let (path, hash) = (path.display(), &entry.hash);
            self.gaps.push(format!("the submodule {path} lacks its commit {hash}; `git fetch` it"));
            return Ok(());
        };
        self.depth += 1;
        let taken = self.take(&repository, &commit, &[PathBuf::new()], &path);
        self.depth -= 1;
        taken
    }
}
