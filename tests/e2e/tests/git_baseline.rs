//! A baseline from Git: what it holds is judged by a real checkout of the same commit.
#![allow(clippy::disallowed_methods, reason = "tests start git and look at files")]

use std::path::Path;
use std::process::Command;

use e2e::{CHECK, Folder, PRIVILEGED_POD, Ringfence};

/// A pod with a finding, of a name.
fn pod(name: &str) -> String {
    PRIVILEGED_POD.replace("watched", name)
}

fn git(folder: &Path, words: &[&str]) -> String {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=a", "-c", "user.email=a@example.com"])
        .args(["-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main"])
        .args(words)
        .output()
        .expect("git starts");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {words:?}: {complaint}");
    String::from_utf8(output.stdout).expect("git prints text")
}

/// Makes the folder a repository with one commit of all that it holds.
fn committed(folder: Folder) -> Folder {
    git(folder.root(), &["init", "--quiet"]);
    commit(&folder);
    folder
}

fn commit(folder: &Folder) {
    git(folder.root(), &["add", "--all", "--force"]);
    git(folder.root(), &["commit", "--quiet", "--message", "x"]);
}

fn scan(folder: &Path, words: &[&str]) -> Ringfence {
    Ringfence::new(folder).args(&["scan", "--check", CHECK]).args(words)
}

/// Files that are easily read in another way than a scan reads them, and a submodule.
fn awkward(inner: &Folder) -> Folder {
    let folder = Folder::with("deploy/plain.yaml", pod("plain"))
        .and("deploy/.ringfenceignore", "passed\n*.skip.yaml\n!kept.skip.yaml\n")
        .and("deploy/passed/a.yaml", pod("passed"))
        .and("deploy/a.skip.yaml", pod("skipped"))
        .and("deploy/kept.skip.yaml", pod("kept"))
        .and(".gitignore", "ignored.yaml\n")
        .and("deploy/ignored.yaml", pod("ignored"))
        .and("deploy/\u{1b}[31mred\n.yaml", pod("hostile"))
        .and("deploy/windows.yml", pod("windows").replace('\n', "\r\n"))
        .and("deploy/broken.yaml", "a: [\n")
        .and("deploy/chart/Chart.yaml", "name: chart\n")
        .and("deploy/chart/templates/a.yaml", "a: {{ .b }}\n---\n".to_owned() + &pod("template"))
        .and("deploy/notes.txt", pod("linked"))
        .and("elsewhere/far.yaml", pod("far"))
        .and(".github/workflows/a.yaml", "on: push\njobs: {}\n")
        .and("README.md", "no manifest\n");
    folder.link("notes.txt", "deploy/link.yaml");
    folder.link("../elsewhere", "deploy/away");
    folder.link("..", "elsewhere/round");
    folder.link("/nowhere/else.yaml", "deploy/out.yaml");
    let source = inner.root().to_str().expect("its name is text").to_owned();
    let folder = committed(folder);
    git(folder.root(), &["submodule", "--quiet", "add", &source, "deploy/module"]);
    commit(&folder);
    folder
}

#[test]
fn what_was_there_is_what_a_checkout_of_the_commit_holds() {
    let inner = committed(Folder::with("inner.yaml", pod("inner")));
    let folder = awkward(&inner);
    let checkout = Folder::new();
    let at = checkout.path("copy");
    let here = folder.root().to_str().expect("its name is text");
    let at_text = at.to_str().expect("its name is text");
    git(at.parent().unwrap(), &["clone", "--quiet", "--recurse-submodules", here, at_text]);
    let full = |paths: &[&str]| {
        let all = [paths, ["--output", "json"].as_slice()].concat();
        Ringfence::new(&at).args(&["scan"]).args(&all).run_freely().stdout()
    };
    for paths in
        [["deploy"].as_slice(), &["."], &["deploy/link.yaml", "deploy/away"], &["./deploy/module"]]
    {
        let baseline = Folder::with("before.json", full(paths));
        let before = baseline.path("before.json");
        let run = |baseline: &str| {
            let words = [paths, ["--output", "json", "--baseline", baseline].as_slice()].concat();
            Ringfence::new(folder.root()).args(&["scan"]).args(&words).run_freely()
        };
        let by_checkout = run(before.to_str().expect("its name is text"));
        assert!(by_checkout.text().contains("\"known\": true"), "{paths:?}");
        assert!(run("git:HEAD").text() == by_checkout.text(), "{paths:?}");
    }
}

#[test]
fn a_moved_object_is_known_and_a_new_one_fails() {
    let folder = committed(Folder::with("a/pod.yaml", pod("old")));
    git(folder.root(), &["mv", "a", "b"]);
    drop(scan(folder.root(), &[".", "--baseline", "git:HEAD"]).run().exits(0));
    let folder = folder.and("b/new.yaml", pod("new"));
    let run = scan(folder.root(), &["b", "--baseline", "git:HEAD", "--output", "json"]).run();
    assert!(run.exits(1).text().contains("\"known\": false"));
    // What a path did not hold before is new there, wherever else it stood.
    drop(scan(folder.root(), &["b/pod.yaml", "--baseline", "git:HEAD"]).run().exits(1));
    let inside = folder.path("a-folder-of-its-own");
    folder.make_folder("a-folder-of-its-own");
    drop(scan(&inside, &["..", "--baseline", "git:main"]).run().exits(1));
}

#[test]
fn what_was_passed_over_before_is_new_where_it_is_judged_now() {
    let folder = Folder::with("testdata/pod.yaml", pod("a")).and(".ringfenceignore", "testdata\n");
    let folder = committed(folder);
    git(folder.root(), &["mv", "testdata", "deploy"]);
    drop(scan(folder.root(), &[".", "--baseline", "git:HEAD"]).run().exits(1));
}

#[test]
fn settings_of_today_judge_both() {
    let folder = Folder::with("pod.yaml", pod("a"));
    let folder = committed(folder.and("ringfence.yaml", "exclude: [pod.yaml]\n"));
    let folder = folder.and("ringfence.yaml", "failOn: low\n");
    drop(scan(folder.root(), &[".", "--baseline", "git:HEAD"]).run().exits(0));
}

#[test]
fn neither_work_tree_nor_index_is_touched_and_no_filter_runs() {
    let folder =
        Folder::with("pod.yaml", pod("a")).and(".gitattributes", "*.yaml filter=x export-ignore\n");
    let folder = committed(folder);
    git(folder.root(), &["config", "filter.x.smudge", "touch ran; cat"]);
    let index = std::fs::read(folder.path(".git/index")).expect("it is there");
    drop(scan(folder.root(), &[".", "--baseline", "git:HEAD"]).run().exits(0));
    assert_eq!(std::fs::read(folder.path(".git/index")).expect("it is there"), index);
    assert_eq!(git(folder.root(), &["status", "--porcelain"]), "");
    assert!(!folder.path("ran").exists());
}

#[test]
fn inside_a_hook_the_paths_still_tell_the_repository() {
    let folder = committed(Folder::with("pod.yaml", pod("a")));
    let other = committed(Folder::with("b.yaml", pod("b")));
    let foreign = other.path(".git");
    let run = scan(folder.root(), &[".", "--baseline", "git:HEAD"])
        .env("GIT_DIR", foreign.to_str().expect("its name is text"))
        .run();
    drop(run.exits(0));
}

#[test]
fn what_cannot_be_compared_says_why() {
    let folder = committed(Folder::with("pod.yaml", pod("a")));
    let other = committed(Folder::with("b.yaml", pod("b")));
    let lone = Folder::with("pod.yaml", pod("c"));
    let of = |folder: &Folder, words: &[&str]| scan(folder.root(), words).run().exits(2);
    let other = other.root().to_str().expect("its name is text");
    let said = |words: &[&str]| of(&folder, words).stderr().to_owned();
    assert!(said(&[".", "--baseline", "git:nope"]).contains("no commit of this repository"));
    assert!(said(&[".", "--baseline", "git:--all"]).contains("names no commit"));
    assert!(said(&[".", "--baseline", "git:HEAD:pod.yaml"]).contains("no commit of this"));
    assert!(said(&[".", other, "--baseline", "git:HEAD"]).contains("different repositories"));
    assert!(said(&["-", "--baseline", "git:HEAD"]).contains("standard input"));
    assert!(said(&["--baseline", "git:HEAD"]).contains("name their paths"));
    let run = of(&lone, &[".", "--baseline", "git:HEAD"]);
    assert!(run.stderr().contains("no work tree"), "{}", run.stderr());
    let without = scan(folder.root(), &[".", "--baseline", "git:HEAD"]).env("PATH", "/nowhere");
    assert!(without.run().exits(2).stderr().contains("install it"));
}

#[test]
fn a_shallow_clone_says_how_to_deepen_it() {
    let folder = committed(Folder::with("pod.yaml", pod("a")));
    let first = git(folder.root(), &["rev-parse", "HEAD"]);
    let folder = folder.and("new.yaml", pod("new"));
    commit(&folder);
    let clone = Folder::new();
    let source = format!("file://{}", folder.root().display());
    git(clone.root(), &["clone", "--quiet", "--depth", "1", &source, "."]);
    let baseline = format!("git:{}", first.trim());
    let run = scan(clone.root(), &[".", "--baseline", &baseline]).run().exits(2);
    assert!(run.stderr().contains("--depth=1"), "{}", run.stderr());
    git(clone.root(), &["fetch", "--quiet", "--depth=1", "origin", first.trim()]);
    drop(scan(clone.root(), &[".", "--baseline", &baseline]).run().exits(1));
}
