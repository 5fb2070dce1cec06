//! What `ringfence fix --review` leaves behind, over manifests that people wrote for other ends:
//! Kubernetes' own, the shop, and what `RINGFENCE_CORPORA` names.
//!
//! Oracles: a real API server, asked with `--dry-run=server` before and after; Kubernetes' own reader
//! of YAML; `git apply`; and for comments a scan that knows nothing of YAML.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test ends where one fails, and says what it saw"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use cluster::{Cluster, Options};
use live::mended::{Mended, fix};
use live::trial::{Trial, set_stage};

/// How many runs of kubectl go on side by side.
const AT_A_TIME: usize = 2;

#[test]
fn what_a_server_took_it_takes_mended() {
    let mended = Mended::of(&live::corpus::folders());
    let cluster = Cluster::up(&Options::control_plane("live-fix")).unwrap();
    let all: Vec<PathBuf> = mended.names().iter().map(|it| mended.before(it)).collect();
    set_stage(&cluster, mended.unmended(), &all);
    let changed: Vec<&Path> = mended.changed().collect();
    let (left, seen) = (Mutex::new(changed.iter()), Mutex::new(Seen::default()));
    let next = || left.lock().unwrap().next();
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some(name) = next() {
                    let before = Trial::of(&cluster, &mended.before(name));
                    let after = Trial::of(&cluster, &mended.after(name));
                    seen.lock().unwrap().add(name, &before, &after);
                }
            });
        }
    });
    let Seen { taken, gained, lost } = seen.into_inner().unwrap();
    println!(
        "{} of {} files are mended; of their objects the server took {taken}, and takes {gained} more",
        changed.len(),
        all.len(),
    );
    assert!(taken > 100, "{taken}");
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// What a server says of files before and after.
#[derive(Default)]
struct Seen {
    taken: usize,
    gained: usize,
    lost: Vec<String>,
}

impl Seen {
    fn add(&mut self, name: &Path, before: &Trial, after: &Trial) {
        self.taken += before.taken.values().sum::<usize>();
        self.gained += after.without(before).len();
        let lost = before.without(after);
        if !lost.is_empty() {
            let new = after.refused.iter().filter(|it| !before.refused.contains(it));
            let said: Vec<&str> = new.map(String::as_str).collect();
            self.lost.push(format!("{}: {lost:?}: {}", name.display(), said.join("\n  ")));
        }
    }
}

#[test]
fn a_file_has_what_it_had_but_for_its_edits() {
    let mended = Mended::of(&live::corpus::folders());
    tell(&mended);
    let changed: BTreeSet<&Path> = mended.changed().collect();
    assert!(changed.len() > 50, "{}", changed.len());
    let told = mended.told();
    let untold: Vec<_> = changed.difference(&told).collect();
    assert!(untold.is_empty(), "changed, and no edit is told: {untold:?}");
    let mut lost = Vec::new();
    for name in &changed {
        let (before, after) = (text(&mended.before(name)), text(&mended.after(name)));
        lost.extend(lost_comments(&before, &after).map(|it| format!("{}: {it}", name.display())));
    }
    assert!(lost.is_empty(), "comments that are gone:\n{}", lost.join("\n"));
    as_many_documents(&mended, &changed);
}

#[test]
fn a_second_run_changes_nothing() {
    let mended = Mended::of(&live::corpus::folders());
    let bytes = |name: &PathBuf| fs::read(mended.after(name)).unwrap();
    let first: Vec<_> = mended.names().iter().map(bytes).collect();
    let again = fix(mended.folder(), &["--diff"]);
    assert_eq!(again.text(), "");
    drop(fix(mended.folder(), &[]));
    let second: Vec<_> = mended.names().iter().map(bytes).collect();
    assert!(first == second, "a second run has written");
}

#[test]
fn git_applies_the_diff_to_the_same_bytes() {
    let mended = Mended::of(&live::corpus::folders());
    let diff = fix(mended.unmended(), &["--diff"]).stdout();
    let patch = tempfile::NamedTempFile::new().unwrap();
    fs::write(patch.path(), diff).unwrap();
    let mut git = Command::new("git");
    git.args(["-c", "core.autocrlf=false", "apply", "--whitespace=nowarn"]).arg(patch.path());
    // No repository above the folder is meant.
    let above = mended.unmended().parent().unwrap();
    git.current_dir(mended.unmended()).env("GIT_CEILING_DIRECTORIES", above);
    let output = git.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let different: Vec<&Path> = mended.changed().collect();
    assert!(different.is_empty(), "{different:?}");
}

/// Prints what was done and what was not.
fn tell(mended: &Mended) {
    let account = mended.account();
    let list = |name: &str| account[name].as_array().cloned().unwrap_or_default();
    let (edits, refused) = (list("edits"), list("refused"));
    let (files, mended_files) = (mended.names().len(), mended.told().len());
    println!(
        "{files} files, {mended_files} with edits; {} edits, {} refused, exit code {}, left: {}",
        edits.len(),
        refused.len(),
        mended.code(),
        account["left"],
    );
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for refusal in &refused {
        *reasons.entry(refusal["reason"].as_str().unwrap()).or_default() += 1;
    }
    for (reason, times) in reasons {
        println!("  {times} refused: {reason}");
    }
}

/// What stands behind a mark that starts a line or follows a blank, if anything of it is gone.
fn lost_comments<'t>(before: &'t str, after: &'t str) -> impl Iterator<Item = &'t str> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for comment in after.lines().filter_map(comment) {
        *left.entry(comment).or_default() += 1;
    }
    before.lines().filter_map(comment).filter(move |it| match left.get_mut(it) {
        Some(times) if *times > 0 => {
            *times -= 1;
            false
        }
        _ => true,
    })
}

fn comment(line: &str) -> Option<&str> {
    let at = line.find(" #").map(|it| it + 1);
    let at = if line.starts_with('#') { Some(0) } else { at };
    at.map(|at| line[at..].trim_end())
}

/// Asserts that what Kubernetes reads as a document it reads as one still.
fn as_many_documents(mended: &Mended, changed: &BTreeSet<&Path>) {
    let read = |file: &dyn Fn(&Path) -> PathBuf| {
        let all = changed.iter().flat_map(|name| documents(&text(&file(name))));
        let answers = reader::theirs(&all.collect::<Vec<_>>());
        answers.into_iter().map(|it| it.is_ok_and(|it| !it.is_null())).collect::<Vec<_>>()
    };
    let (before, after) = (read(&|it| mended.before(it)), read(&|it| mended.after(it)));
    println!("{} documents, {} read", before.len(), before.iter().filter(|it| **it).count());
    assert!(before.len() == after.len(), "{} and {}", before.len(), after.len());
    let worse = before.iter().zip(&after).filter(|(before, after)| **before && !**after).count();
    assert_eq!(worse, 0);
}

/// The documents of a file, parted as kubectl does.
fn documents(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n");
    text.split("\n---").map(ToOwned::to_owned).collect()
}

fn text(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}
