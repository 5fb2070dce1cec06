//! Consumers that come from the registries of Go and Python, installed where they are not yet.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{run, target};

/// Holds the schemas of the schema store for GitHub, GitLab and pre-commit.
const CHECK_JSONSCHEMA: &str = "check-jsonschema==0.39.0";

/// The manager of hooks itself.
const PRE_COMMIT: &str = "pre-commit==4.7.0";

/// The runner of workflows.
const ACT: &str = "github.com/nektos/act@v0.2.89";

/// `check-jsonschema`.
pub fn check_jsonschema() -> PathBuf {
    python(CHECK_JSONSCHEMA).join("check-jsonschema")
}

/// `pre-commit`.
pub fn pre_commit() -> PathBuf {
    python(PRE_COMMIT).join("pre-commit")
}

/// `act`, built by Go the first time.
pub fn act() -> PathBuf {
    let folder = target("tools").join(ACT.replace('/', "-"));
    let act = folder.join("act");
    once(&folder, &act, || {
        run(Command::new("go").env("GOBIN", &folder).args(["install", ACT])).with(0);
    });
    act
}

/// The folder of the programs of a Python package.
fn python(package: &str) -> PathBuf {
    let folder = target("tools").join(package);
    let name = package.split("==").next().unwrap_or(package);
    once(&folder, &folder.join("bin").join(name), || {
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder)).with(0);
        run(Command::new(folder.join("bin/pip")).args(["install", "--quiet", package])).with(0);
    });
    folder.join("bin")
}

/// Makes a program where it is not there. Of two that come at once, one makes it and the other waits.
fn once(folder: &Path, program: &Path, make: impl FnOnce()) {
    let lock = File::create(folder.with_extension("lock")).expect("the target folder is writable");
    lock.lock().expect("a file can be locked");
    if !program.is_file() {
        make();
    }
}
