//! The program `git`, started in a folder.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::error::Error;

/// What a hook sets for the commit it runs in, and what would point elsewhere than the folder does.
const FOREIGN: [&str; 5] =
    ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"];

/// A command of Git that asks nobody, neither a person nor a server.
#[allow(clippy::disallowed_methods, reason = "the user's git reads the user's repository")]
pub(super) fn git(folder: &Path, arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.arg("-C").arg(folder).args(arguments).stdin(Stdio::null());
    git.env("GIT_TERMINAL_PROMPT", "0").env("GIT_NO_LAZY_FETCH", "1").env("LC_ALL", "C");
    for name in FOREIGN {
        git.env_remove(name);
    }
    git
}

/// Runs it to its end; what it prints, without the last line end, or what it complains of.
pub(super) fn ask(folder: &Path, arguments: &[&str]) -> Result<Result<Vec<u8>, String>, Error> {
    let Output { status, mut stdout, stderr } =
        git(folder, arguments).output().map_err(Error::NoGit)?;
    if !status.success() {
        return Ok(Err(complaint(&stderr)));
    }
    if stdout.last() == Some(&b'\n') {
        stdout.pop();
    }
    Ok(Ok(stdout))
}

/// The first line of what Git says, which tells the cause.
fn complaint(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let line = text.lines().next().unwrap_or_default();
    line.trim_start_matches("fatal: ").to_owned()
}
