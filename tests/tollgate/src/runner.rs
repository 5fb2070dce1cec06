//! act, which runs workflows of GitHub as its own runners do, here without any container.

use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::host::Host;
use crate::package::VERSION;
use crate::program::{Ended, root, run};
use crate::repository::Repository;
use crate::tools;

/// The action of GitHub that takes SARIF, replaced by one that prints it.
const UPLOAD: &str = "\
name: Upload
description: Prints what would be uploaded
inputs: {sarif_file: {description: a file}, category: {description: a name}}
runs:
  using: composite
  steps:
    - run: cat \"$FILE\"
      shell: bash
      env: {FILE: '${{ inputs.sarif_file }}'}
";

/// Runs the workflows of a repository for an event.
///
/// Our action is the one of this working copy, under the name that a user writes. What it downloads, and
/// where it comments, is the host's.
pub fn act(
    repository: &Repository,
    event: &str,
    payload: &Value,
    host: &Host,
    token: &str,
) -> Ended {
    let home = tempfile::tempdir().expect("there is room for temporary files");
    let stub = home.path().join("stub/upload-sarif");
    std::fs::create_dir_all(&stub).expect("a folder can be made");
    std::fs::write(stub.join("action.yml"), UPLOAD).expect("a file can be written");
    std::fs::write(home.path().join("event.json"), payload.to_string()).expect("it can be written");
    let ours = ours(&home);
    let mut act = Command::new(tools::act());
    act.arg(event).arg("--eventpath").arg(home.path().join("event.json"));
    act.args(["--platform", "ubuntu-latest=-self-hosted"]);
    act.args(["--env", &format!("GITHUB_SERVER_URL={}", host.url)]);
    act.args(["--env", &format!("GITHUB_API_URL={}", host.url)]);
    act.args(["--secret", &format!("GITHUB_TOKEN={token}")]);
    let upload = pinned_upload();
    for (action, folder) in [
        (upload.as_str(), home.path().join("stub")),
        (&format!("OWNER/ringfence@v{VERSION}"), ours),
    ] {
        let local = format!("{}/{action}={}", host.url, folder.display());
        act.args(["--local-repository", &local]);
    }
    run(act.current_dir(repository.root()).env("HOME", home.path()))
}

/// What a user gets of our action, and no more.
fn ours(home: &TempDir) -> std::path::PathBuf {
    let folder = home.path().join("ours");
    std::fs::create_dir_all(folder.join("ci")).expect("a folder can be made");
    for part in ["action.yml", "ci/github"] {
        let mut copy = Command::new("cp");
        run(copy.arg("-R").arg(root().join(part)).arg(folder.join(part))).with(0);
    }
    folder
}

/// The action that takes SARIF, at the commit that ours pins.
fn pinned_upload() -> String {
    let text = std::fs::read_to_string(root().join("action.yml")).expect("our action is there");
    let mut pins = text.lines().filter_map(|line| line.trim().strip_prefix("uses: "));
    let pin = pins.find_map(|pin| pin.strip_prefix("github/codeql-action/upload-sarif@"));
    let hash = pin.and_then(|pin| pin.split(' ').next()).expect("our action uploads SARIF");
    format!("github/codeql-action@{hash}")
}

/// A workflow that uses our action with these inputs, written as a user writes it.
pub fn workflow(inputs: &[(&str, &str)]) -> String {
    let lines: Vec<String> =
        inputs.iter().map(|(name, value)| format!("          {name}: {value:?}\n")).collect();
    format!(
        "on: [pull_request, push]\npermissions: {{contents: read}}\njobs:\n  scan:\n    \
         runs-on: ubuntu-latest\n    steps:\n      \
         - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0\n      \
         - uses: OWNER/ringfence@v{VERSION}\n        with:\n{}",
        lines.concat()
    )
}

/// Where a workflow lies.
pub const WORKFLOW: &str = ".github/workflows/ringfence.yml";

/// What the host says of a pull request that is built on a commit.
pub fn pull_request(base: &str) -> Value {
    let number = crate::host::PULL_REQUEST;
    serde_json::json!({ "pull_request": { "number": number, "base": { "sha": base } } })
}
