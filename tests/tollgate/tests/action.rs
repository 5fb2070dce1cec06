//! Our GitHub Action, run by a real runner of workflows.
#![allow(clippy::disallowed_methods, reason = "tests write files")]

use serde_json::{Value, json};
use tollgate::host::POWERLESS;
use tollgate::package::{folder, forged};
use tollgate::repository::privileged_pod;
use tollgate::runner::{WORKFLOW, act, pull_request, workflow};
use tollgate::{Host, Repository};

const INPUTS: &[(&str, &str)] =
    &[("paths", "deploy\n.github"), ("comment", "true"), ("sarif", "true")];

/// A repository with an old finding, and the commit that has it.
fn with_the_past(inputs: &[(&str, &str)]) -> (Repository, Value) {
    let repository = Repository::new()
        .and(WORKFLOW, workflow(inputs))
        .and("deploy/old.yaml", privileged_pod("old"));
    let base = repository.commit();
    (repository, pull_request(&base))
}

#[test]
fn a_pull_request_fails_for_what_it_adds_and_is_told_so_once() {
    let host = Host::serving(folder());
    host.say("User", "<!-- ringfence: what is new -->\nI am no machine");
    let (repository, event) = with_the_past(INPUTS);
    let repository = repository.and("deploy/new.yaml", privileged_pod("new"));
    repository.commit();

    let said = act(&repository, "pull_request", &event, &host, "token").with(1);
    assert!(said.contains("Failure - Main Verdict"), "{said}");
    assert!(said.contains("\"version\": \"2.1.0\""), "SARIF was uploaded: {said}");
    let comments = host.comments();
    assert_eq!(comments.len(), 2, "{comments:?}");
    assert!(comments[1].contains("deploy/new.yaml"), "{}", comments[1]);
    assert!(!comments[1].contains("deploy/old.yaml"), "{}", comments[1]);
    assert_eq!(comments[0], "<!-- ringfence: what is new -->\nI am no machine");

    std::fs::remove_file(repository.path("deploy/new.yaml")).expect("it is there");
    repository.commit();
    act(&repository, "pull_request", &event, &host, "token").with(0);
    let comments = host.comments();
    assert_eq!(comments.len(), 2, "{comments:?}");
    assert!(!comments[1].contains("deploy/new.yaml"), "{}", comments[1]);
}

#[test]
fn without_anything_new_nobody_is_told_anything() {
    let host = Host::serving(folder());
    let (repository, event) = with_the_past(INPUTS);
    act(&repository, "pull_request", &event, &host, "token").with(0);
    assert_eq!(host.comments(), Vec::<String>::new());
}

#[test]
fn a_push_is_judged_as_a_whole() {
    let host = Host::serving(folder());
    let (repository, _) = with_the_past(INPUTS);
    act(&repository, "push", &json!({}), &host, "token").with(1);
    let (repository, _) = with_the_past(&[("paths", "deploy"), ("fail-on", "never")]);
    act(&repository, "push", &json!({}), &host, "token").with(0);
}

#[test]
fn a_token_that_may_not_comment_costs_the_comment_alone() {
    let host = Host::serving(folder());
    let (repository, event) = with_the_past(INPUTS);
    let repository = repository.and("deploy/new.yaml", privileged_pod("new"));
    repository.commit();
    let said = act(&repository, "pull_request", &event, &host, POWERLESS).with(1);
    assert!(said.contains("the token may not comment"), "{said}");
    assert!(said.contains("Failure - Main Verdict"), "{said}");
}

#[test]
fn names_of_files_are_neither_commands_nor_code() {
    let host = Host::serving(folder());
    let (repository, event) = with_the_past(INPUTS);
    let hostile = "deploy/$(touch ran)`touch ran`\n::error::x\n::set-output name=code::0.yaml";
    let repository = repository.and(hostile, privileged_pod("new"));
    repository.commit();
    let said = act(&repository, "pull_request", &event, &host, "token").with(1);
    assert!(!said.contains("\n::error::x"), "{said}");
    assert!(said.contains("Failure - Main Verdict"), "{said}");
    assert!(!repository.path("ran").exists());
}

#[test]
fn a_download_that_was_changed_is_not_run() {
    let forged = forged();
    let host = Host::serving(forged.path());
    let (repository, event) = with_the_past(INPUTS);
    let said = act(&repository, "pull_request", &event, &host, "token").with(1);
    assert!(said.contains("has another checksum"), "{said}");
    assert!(!said.contains("Run Main Scan"), "{said}");
}

#[test]
fn a_checksum_of_the_users_own_must_hold_as_well() {
    let host = Host::serving(folder());
    let (repository, event) = with_the_past(&[("paths", "deploy"), ("checksum", &"0".repeat(64))]);
    let said = act(&repository, "pull_request", &event, &host, "token").with(1);
    assert!(said.contains("has another checksum"), "{said}");
}
