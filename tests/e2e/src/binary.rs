//! The program under test, built for release from the code as it is.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

/// The program, built on the first call.
pub fn path() -> &'static Path {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(build)
}

/// The program that measures it, which Cargo builds with these tests.
pub fn measure() -> PathBuf {
    above(2).join("measure")
}

/// The root of the repository.
pub fn root() -> &'static Path {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    folder.ancestors().nth(2).expect("this package lies two folders below the root")
}

/// Cargo, in the root of the repository. What it told this test of its own package it is not told in
/// turn: build scripts would run again for it.
pub fn cargo() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&*name);
        }
    }
    command.current_dir(root());
    command
}

fn build() -> PathBuf {
    let output = cargo()
        .args(["build", "--package", "ringfence", "--release", "--locked"])
        .args(["--message-format", "json-render-diagnostics", "--target-dir"])
        .arg(target())
        .stderr(Stdio::inherit())
        .output()
        .expect("cargo starts, as it has built these tests");
    assert!(output.status.success(), "building ringfence failed");
    let messages = String::from_utf8_lossy(&output.stdout);
    messages.lines().filter_map(executable).next_back().expect("cargo names the program it built")
}

/// The program that a message of Cargo speaks of.
fn executable(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    message["executable"].as_str().map(PathBuf::from)
}

/// The target folder that these tests were built in.
fn target() -> PathBuf {
    above(3)
}

/// The folder that lies so far above this test, which is `<target>/<profile>/deps/<test>`.
fn above(steps: usize) -> PathBuf {
    let test = std::env::current_exe().expect("a running test has a path");
    test.ancestors().nth(steps).expect("a test lies three folders below the target").to_owned()
}
