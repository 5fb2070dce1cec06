//! The bytes of files, as `git cat-file --batch` gives them.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Stdio};
use std::thread;

use super::error::Error;
use super::git::git;
use super::listing::Entry;

/// What is done with the bytes of an entry, where the repository has them.
type Take<'a> = dyn FnMut(&Entry, Option<Object<'_>>) -> Result<(), Error> + 'a;

/// Gives the bytes of each entry to `take`, in order; nothing where the repository lacks it.
pub(super) fn read(folder: &Path, entries: &[&Entry], take: &mut Take<'_>) -> Result<(), Error> {
    let mut child = git(folder, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(Error::NoGit)?;
    ask(&mut child, entries);
    let mut answers = BufReader::new(child.stdout.take().expect("it is piped"));
    let read = entries.iter().try_for_each(|entry| answer(entry, &mut answers, take));
    // Git ends when nobody listens any more.
    drop(answers);
    child.wait().ok();
    read
}

/// The bytes of one file, and how many there are.
pub(super) struct Object<'a> {
    pub(super) size: u64,
    pub(super) bytes: io::Take<&'a mut BufReader<ChildStdout>>,
}

/// Asks beside the reading, so that neither side waits for the other.
fn ask(child: &mut Child, entries: &[&Entry]) {
    let mut stdin = child.stdin.take().expect("it is piped");
    let mut question = String::new();
    for entry in entries {
        question.push_str(&entry.hash);
        question.push('\n');
    }
    // Where Git ends early, its answers end as well.
    let _asking = thread::spawn(move || stdin.write_all(question.as_bytes()));
}

/// `<hash> blob <size>`, the bytes and a line end; or `<hash> missing`.
fn answer(
    entry: &Entry,
    answers: &mut BufReader<ChildStdout>,
    take: &mut Take<'_>,
) -> Result<(), Error> {
    let mut line = String::new();
    answers.read_line(&mut line).map_err(|error| broken(&error.to_string()))?;
    let mut words = line.split_ascii_whitespace().skip(1);
    let (kind, size) = (words.next(), words.next().and_then(|size| size.parse().ok()));
    match (kind, size) {
        (Some("missing"), _) => take(entry, None),
        (Some(_), Some(size)) => {
            take(entry, Some(Object { size, bytes: answers.by_ref().take(size) }))?;
            let mut end = [0];
            answers.read_exact(&mut end).map_err(|error| broken(&error.to_string()))
        }
        _ => Err(broken("its answer ends early; see `git fsck`")),
    }
}

fn broken(reason: &str) -> Error {
    Error::Failed { command: "cat-file", reason: reason.to_owned() }
}
