//! One command line, and how it is run.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;

use tempfile::TempDir;

use crate::binary;
use crate::run::Run;

/// Reading a file of more bytes than this takes its time.
const MUCH: u64 = 1_000_000;

/// What runs a program as a user without rights.
const NOBODY: [&str; 6] = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];

/// One command line.
pub struct Ringfence {
    folder: PathBuf,
    arguments: Vec<OsString>,
    environment: Vec<(String, String)>,
    input: Vec<u8>,
    largest_file: u64,
    as_nobody: bool,
}

impl Ringfence {
    /// `ringfence`, in a folder.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            arguments: Vec::new(),
            environment: Vec::new(),
            input: Vec::new(),
            largest_file: 0,
            as_nobody: false,
        }
    }

    /// More arguments.
    #[must_use]
    pub fn args(mut self, arguments: &[impl AsRef<OsStr>]) -> Self {
        self.arguments.extend(arguments.iter().map(|it| it.as_ref().to_owned()));
        self
    }

    /// One more variable of the environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What standard input gives.
    #[must_use]
    pub fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = input.into();
        self
    }

    /// The size of the largest file it reads, which bounds the memory it may take.
    #[must_use]
    pub fn largest_file(mut self, bytes: u64) -> Self {
        self.largest_file = bytes;
        self
    }

    /// As a user without rights, where the tests themselves run as root.
    #[must_use]
    pub fn as_nobody(mut self) -> Self {
        self.as_nobody = true;
        self
    }

    /// Runs to the end and holds the run to what every run promises: see [`Run::keeps_its_promise`].
    pub fn run(self) -> Run {
        let run = self.run_freely();
        run.keeps_its_promise();
        run
    }

    /// Runs to the end, whatever that is. What reads much runs alone, so that its time is its own.
    pub fn run_freely(self) -> Run {
        static ALONE: Mutex<()> = Mutex::new(());
        let alone = || ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let _alone = (self.largest_file > MUCH).then(alone);
        let results = tempfile::tempdir().expect("there is room for temporary files");
        let output = |name| File::create(results.path().join(name)).expect("a file can be made");
        let mut command = self.command(&results);
        feed(command.stdout(output("stdout")).stderr(output("stderr")), self.input);
        Run::new(results, self.largest_file)
    }

    fn command(&self, results: &TempDir) -> Command {
        let mut command = Command::new(binary::measure());
        command.arg(results.path().join("usage")).current_dir(&self.folder);
        if self.as_nobody && is_root() {
            command.args(NOBODY).arg(reachable_copy(results));
        } else {
            command.arg(binary::path());
        }
        command.args(&self.arguments);
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// Runs the measuring program, and feeds what it measures.
fn feed(command: &mut Command, input: Vec<u8>) {
    let mut child = command.stdin(Stdio::piped()).spawn().expect("the measuring program starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    // A program that does not read to the end closes the pipe, which is its right.
    let writer = thread::spawn(move || stdin.write_all(&input).ok());
    let status = child.wait().expect("a child can be waited for");
    assert!(status.success(), "measuring failed");
    drop(writer.join());
}

fn is_root() -> bool {
    let id = Command::new("id").arg("--user").output().expect("every machine has `id`");
    id.stdout.trim_ascii() == b"0"
}

/// A copy of the program where every user may start it.
fn reachable_copy(results: &TempDir) -> PathBuf {
    let folder = results.path().join("bin");
    let copy = folder.join("ringfence");
    fs::create_dir(&folder).and_then(|()| fs::copy(binary::path(), &copy)).expect("it is copied");
    for path in [results.path(), &folder, &copy] {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
        fs::set_permissions(path, mode).expect("the owner may set permissions");
    }
    copy
}
