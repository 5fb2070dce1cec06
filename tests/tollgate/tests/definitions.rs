//! What we hand to pipelines, held against the schemas that are published for it, and against ourselves.
#![allow(clippy::disallowed_methods, reason = "tests start programs and read files")]

use std::process::Command;

use tollgate::package::{VERSION, program};
use tollgate::program::root;
use tollgate::{run, tools};

fn is_valid(schema: &str, files: &[&str]) {
    let mut check = Command::new(tools::check_jsonschema());
    check.current_dir(root()).args(["--builtin-schema", schema]);
    run(check.args(files)).with(0);
}

#[test]
fn the_action_the_workflows_and_the_template_follow_their_schemas() {
    let workflows =
        ["ci", "release", "security"].map(|name| format!(".github/workflows/{name}.yml"));
    is_valid("vendor.github-actions", &["action.yml"]);
    is_valid("vendor.github-workflows", &workflows.each_ref().map(String::as_str));
    is_valid("vendor.gitlab-ci", &["ci/gitlab/ringfence.gitlab-ci.yml"]);
}

#[test]
fn our_own_pipelines_pass_our_own_checks() {
    let scan = ["scan", ".github", "--fail-on", "low"];
    run(Command::new(program()).current_dir(root()).args(scan)).with(0);
}

#[test]
fn the_release_that_is_downloaded_is_this_one() {
    for file in ["action.yml", "ci/gitlab/ringfence.gitlab-ci.yml"] {
        let text = std::fs::read_to_string(root().join(file)).expect("it is there");
        assert!(text.contains(&format!(": {VERSION}\n")), "{file} names another version");
    }
}

#[test]
fn no_expression_is_written_into_a_script() {
    let action = std::fs::read_to_string(root().join("action.yml")).expect("it is there");
    let scripts = action.lines().filter(|line| line.trim_start().starts_with("run:"));
    assert!(scripts.clone().count() > 3);
    assert!(scripts.clone().all(|line| !line.contains("${{")), "{:?}", scripts.collect::<Vec<_>>());
}
