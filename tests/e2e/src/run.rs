//! How a run ended, and what every run promises.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tempfile::TempDir;

use crate::report::Report;

/// No input costs more memory than this and ten times the largest file.
const MEMORY: u64 = 300_000_000;

/// No input costs more work, on however many cores: on a machine that others use as well, the clock
/// on the wall says nothing. What waits without working is ended by the measuring program.
const TIME: Duration = Duration::from_secs(20);

/// How a process ended and what it used.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Usage {
    /// The exit code, where it ended by itself.
    pub code: Option<i32>,
    /// The signal, where it did not.
    pub signal: Option<i32>,
    /// Bytes of memory at its peak.
    pub peak: u64,
    /// Time of work, on all cores.
    pub cpu: Duration,
    /// Time on the clock.
    pub wall: Duration,
}

/// One run that has ended.
pub struct Run {
    results: TempDir,
    stderr: String,
    usage: Usage,
    largest_file: u64,
}

impl Run {
    /// Reads the results of a run from their folder.
    pub(crate) fn new(results: TempDir, largest_file: u64) -> Self {
        let read = |name| fs::read(results.path().join(name)).expect("the run has written it");
        let usage = serde_json::from_slice(&read("usage")).expect("the usage is JSON");
        let stderr = String::from_utf8_lossy(&read("stderr")).into_owned();
        Self { results, stderr, usage, largest_file }
    }

    /// Asserts what holds for any input: the run ends by itself, in time, within its memory, with
    /// an exit code that is documented and is not a fault of the product.
    pub fn keeps_its_promise(&self) {
        let Usage { code, signal, peak, cpu, wall } = self.usage;
        let most = MEMORY + 10 * self.largest_file;
        let said = &self.stderr;
        self.tell_figures(most);
        assert_eq!(signal, None, "it was ended by a signal after {wall:?}: {said}");
        assert!(matches!(code, Some(0..=4)), "it ended with {code:?}: {said}");
        assert!(peak < most, "it took {} MB, more than {}", peak / 1_000_000, most / 1_000_000);
        assert!(cpu < TIME, "it took {cpu:?} of work");
    }

    /// Prints what the run used, where it is asked for: `RINGFENCE_FIGURES=1 cargo test -p e2e --
    /// --nocapture`.
    #[allow(clippy::print_stdout, reason = "it is asked for")]
    fn tell_figures(&self, most: u64) {
        if std::env::var_os("RINGFENCE_FIGURES").is_some() {
            let test = thread::current();
            let (peak, most) = (self.usage.peak / 1_000_000, most / 1_000_000);
            let (name, wall) = (test.name().unwrap_or_default(), self.usage.wall);
            println!("{name}: {peak} MB of {most}, {wall:.2?}");
        }
    }

    /// The exit code.
    pub fn code(&self) -> Option<i32> {
        self.usage.code
    }

    /// Asserts the exit code.
    #[must_use]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code(), Some(code), "{}{}", self.stderr, self.head());
        self
    }

    /// Standard error.
    pub fn stderr(&self) -> &str {
        &self.stderr
    }

    /// Standard output, as bytes.
    pub fn stdout(&self) -> Vec<u8> {
        fs::read(self.stdout_path()).expect("the run has written its output")
    }

    /// Standard output, as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.stdout()).expect("whatever is printed is UTF-8")
    }

    /// Standard output as a report.
    pub fn report(&self) -> Report {
        let file = File::open(self.stdout_path()).expect("the run has written its output");
        let report = serde_json::from_reader(BufReader::new(file));
        report.unwrap_or_else(|error| panic!("it is no report: {error}: {}", self.stderr))
    }

    fn head(&self) -> String {
        let text = String::from_utf8_lossy(&self.stdout()).into_owned();
        text.chars().take(600).collect()
    }

    fn stdout_path(&self) -> PathBuf {
        self.results.path().join("stdout")
    }
}
