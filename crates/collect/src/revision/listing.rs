//! What a commit holds, as `git ls-tree` lists it.

use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::process::Stdio;

use super::error::Error;
use super::git::git;

/// A listing of more bytes is given up: some millions of files.
const MOST_BYTES: u64 = 1 << 28;

/// What stands at a path of a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) hash: String,
    pub(super) path: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Link,
    Submodule,
}

/// All that a commit holds, in Git's order.
pub(super) fn list(folder: &Path, commit: &str) -> Result<Vec<Entry>, Error> {
    let arguments = ["ls-tree", "-r", "-z", "--full-tree", commit];
    let mut child = git(folder, &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(Error::NoGit)?;
    let mut text = Vec::new();
    let stdout = child.stdout.take().expect("it is piped");
    let read = stdout.take(MOST_BYTES).read_to_end(&mut text);
    // Its pipe is closed by now, so that it ends whatever it still had to say.
    let status = child.wait();
    if text.len() as u64 == MOST_BYTES {
        return Err(Error::TooMuch("the commit holds millions of files"));
    }
    if read.is_err() || !status.is_ok_and(|it| it.success()) {
        let reason = "the tree of the commit cannot be read; see `git fsck`".to_owned();
        return Err(Error::Failed { command: "ls-tree", reason });
    }
    Ok(entries(&text).collect())
}

/// What a listing names, in its order.
pub(super) fn entries(text: &[u8]) -> impl Iterator<Item = Entry> {
    text.split(|&byte| byte == 0).filter_map(entry)
}

/// `<mode> <type> <hash>\t<path>`; nothing where the path would lead elsewhere.
fn entry(line: &[u8]) -> Option<Entry> {
    let tab = memchr::memchr(b'\t', line)?;
    let mut words = std::str::from_utf8(&line[..tab]).ok()?.split_ascii_whitespace();
    let kind = match words.next()? {
        "120000" => Kind::Link,
        "160000" => Kind::Submodule,
        _ => Kind::File,
    };
    let hash = words.nth(1)?.to_owned();
    let path = path_of(&line[tab + 1..]);
    let is_plain = |part: Component<'_>| matches!(part, Component::Normal(name) if name != ".git");
    path.components().all(is_plain).then_some(Entry { kind, hash, path })
}

/// The path that Git writes as bytes.
#[cfg(unix)]
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// The path that Git writes as bytes, which are UTF-8 here.
#[cfg(not(unix))]
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_kind_hash_and_path() {
        let read = entry(b"120000 blob 0123abcd\tdeploy/a b.yaml").unwrap();
        let path = PathBuf::from("deploy/a b.yaml");
        assert_eq!(read, Entry { kind: Kind::Link, hash: "0123abcd".to_owned(), path });
    }

    #[test]
    fn a_path_that_leads_elsewhere_is_passed_over() {
        for path in ["../x.yaml", "/x.yaml", "a/../../x.yaml", ".git/x.yaml", "a/.git/x.yaml"] {
            assert_eq!(entry(format!("100644 blob 01\t{path}").as_bytes()), None, "{path}");
        }
    }
}
