//! Programs run to their end.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How a program ended.
pub struct Ended {
    /// Its exit code, where no signal ended it.
    pub code: Option<i32>,
    /// What it printed, and after that what it complained of.
    pub said: String,
}

/// Runs a program to its end.
pub fn run(command: &mut Command) -> Ended {
    let output = command.stdin(Stdio::null()).output();
    let output = output.unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    let said = [output.stdout, output.stderr].concat();
    Ended { code: output.status.code(), said: String::from_utf8_lossy(&said).into_owned() }
}

impl Ended {
    /// Asserts the exit code; what was said.
    pub fn with(self, code: i32) -> String {
        assert_eq!(self.code, Some(code), "{}", self.said);
        self.said
    }
}

/// The root of this repository.
pub fn root() -> &'static Path {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    folder.ancestors().nth(2).expect("this package lies two folders below the root")
}

/// A folder below the target folder that these tests were built in.
pub fn target(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a running test has a path");
    let target = test.ancestors().nth(3).expect("a test lies three folders below the target");
    let folder = target.join(name);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}
