//! Our template for GitLab: its lines, run by bash one after another as GitLab's runner does.
#![allow(clippy::disallowed_methods, reason = "tests start programs and read files")]

use std::process::Command;

use serde_json::Value;
use tollgate::package::{folder, forged};
use tollgate::program::{Ended, root};
use tollgate::repository::privileged_pod;
use tollgate::{Host, Repository, run, tools};

/// The job, as another reader of YAML understands it.
fn job() -> Value {
    let program = "import json, sys, ruamel.yaml; print(json.dumps(ruamel.yaml.YAML(typ='safe').load(sys.stdin)))";
    let python = tools::check_jsonschema().with_file_name("python3");
    let file = std::fs::File::open(root().join("ci/gitlab/ringfence.gitlab-ci.yml"));
    let output = Command::new(python)
        .args(["-c", program])
        .stdin(file.expect("it is there"))
        .output()
        .expect("python starts");
    let all: Value = serde_json::from_slice(&output.stdout).expect("it prints JSON");
    all["ringfence"].clone()
}

/// Runs the job in a repository, with these variables beside its own.
fn pipeline(repository: &Repository, variables: &[(&str, &str)]) -> Ended {
    let job = job();
    let lines = ["before_script", "script"].map(|part| job[part].as_array().cloned());
    let lines = lines.into_iter().flatten().flatten();
    let lines: Vec<String> = lines.filter_map(|line| line.as_str().map(str::to_owned)).collect();
    let mut bash = Command::new("bash");
    bash.current_dir(repository.root()).args(["-eo", "pipefail", "-c", &lines.join("\n")]);
    for (name, value) in job["variables"].as_object().expect("the job has variables") {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        bash.env(name, text);
    }
    run(bash.envs(variables.iter().copied()))
}

fn with_the_past() -> (Repository, String) {
    let repository = Repository::new().and("deploy/old.yaml", privileged_pod("old"));
    let base = repository.commit();
    (repository, base)
}

#[test]
fn a_merge_request_fails_for_what_it_adds() {
    let host = Host::serving(folder());
    let (repository, base) = with_the_past();
    let releases = format!("{}/releases/download", host.url);
    let common = [("RINGFENCE_RELEASES", releases.as_str()), ("RINGFENCE_PATHS", "deploy")];
    let request = [common.as_slice(), &[("CI_MERGE_REQUEST_DIFF_BASE_SHA", &base)]].concat();
    pipeline(&repository, &request).with(0);
    pipeline(&repository, &common).with(1);

    let repository = repository.and("deploy/new.yaml", privileged_pod("new"));
    repository.commit();
    pipeline(&repository, &request).with(1);
    let quality = std::fs::read(repository.path("gl-code-quality-report.json"));
    let quality: Value = serde_json::from_slice(&quality.expect("it is written")).expect("JSON");
    let found = quality.as_array().expect("a list").iter();
    let mut files = found.map(|it| it["location"]["path"].as_str().unwrap_or_default());
    assert!(files.any(|file| file == "deploy/new.yaml"));
}

#[test]
fn a_download_that_was_changed_is_not_run() {
    let forged = forged();
    let host = Host::serving(forged.path());
    let (repository, _) = with_the_past();
    let releases = format!("{}/releases/download", host.url);
    let said = pipeline(&repository, &[("RINGFENCE_RELEASES", &releases)]).with(2);
    assert!(said.contains("FAILED"), "{said}");
}

#[test]
fn without_an_address_of_releases_the_job_says_what_to_set() {
    let (repository, _) = with_the_past();
    let ended = pipeline(&repository, &[]);
    assert!(ended.said.contains("set it to where releases are downloaded from"), "{}", ended.said);
    assert_ne!(ended.code, Some(0));
}
