//! Our hook, run by pre-commit itself.
#![allow(clippy::disallowed_methods, reason = "tests start programs and read the environment")]

use std::process::Command;

use tollgate::package::program;
use tollgate::program::{Ended, root};
use tollgate::repository::privileged_pod;
use tollgate::{Repository, run, tools};

/// Commits what is staged, with our hook before it.
fn commit(repository: &Repository, home: &std::path::Path) -> Ended {
    let folder = program().parent().expect("a program lies in a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let mut git = Command::new("git");
    git.current_dir(repository.root()).args([
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.com",
    ]);
    git.args(["commit", "--message", "x"]).env("PRE_COMMIT_HOME", home);
    run(git.env("PATH", format!("{}:{path}", folder.display())))
}

#[test]
fn a_commit_is_judged_by_the_manifests_that_it_changes() {
    let text = std::fs::read(root().join(".pre-commit-hooks.yaml")).expect("it is there");
    let hooks = Repository::new().and(".pre-commit-hooks.yaml", text);
    let revision = hooks.commit();
    let configuration = format!(
        "repos:\n- repo: {}\n  rev: {revision}\n  hooks: [{{id: ringfence}}]\n",
        hooks.root().display()
    );
    let repository = Repository::new()
        .and("old.yaml", privileged_pod("old"))
        .and(".pre-commit-config.yaml", configuration);
    repository.commit();
    let home = tempfile::tempdir().expect("there is room for temporary files");
    let mut install = Command::new(tools::pre_commit());
    install.current_dir(repository.root()).arg("install").env("PRE_COMMIT_HOME", home.path());
    run(&mut install).with(0);

    let repository = repository.and("notes.txt", "no manifest\n");
    repository.git(&["add", "notes.txt"]);
    let said = commit(&repository, home.path()).with(0);
    assert!(said.contains("Skipped"), "{said}");

    let repository = repository.and("-o.yaml", "a: 1\n");
    repository.git(&["add", "--", "-o.yaml"]);
    commit(&repository, home.path()).with(0);

    let repository = repository.and("new.yaml", privileged_pod("new"));
    repository.git(&["add", "new.yaml"]);
    let said = commit(&repository, home.path()).with(1);
    assert!(said.contains("new.yaml:6"), "{said}");
    assert!(!said.contains("old.yaml"), "{said}");
}
