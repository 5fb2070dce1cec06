//! What the README shows is what the program prints, for a newcomer who types its commands.
#![allow(clippy::disallowed_methods, reason = "a test reads the README and starts `cp`")]

use std::fs;
use std::process::Command;

use e2e::{Folder, Transcript, binary};

fn readme() -> String {
    fs::read_to_string(binary::root().join("README.md")).expect("there is a README")
}

/// A checkout, as far as the tour reads it, in a folder of its own.
fn checkout() -> Folder {
    let folder = Folder::new();
    folder.make_folder("ringfence");
    let copy = ["-r", "examples", folder.path("ringfence").to_str().expect("its name is text")]
        .map(ToOwned::to_owned);
    let copied = Command::new("cp").args(copy).current_dir(binary::root()).status();
    assert!(copied.is_ok_and(|it| it.success()), "the examples are copied");
    folder
}

#[test]
fn each_command_prints_what_is_shown_below_it() {
    let folder = checkout();
    let differences = Transcript::of(&readme()).differences(&folder.path("ringfence"));
    assert!(differences.is_empty(), "the README shows otherwise:\n\n{}", differences.join("\n"));
}

#[test]
fn the_tour_scans_explains_fixes_and_gates() {
    let transcript = Transcript::of(&readme());
    let demo = transcript.steps().first().expect("it shows a demo");
    assert!(demo.shown.len() > 20, "the demo shows something");
    let mut commands = transcript.steps().iter().map(|it| it.command.as_str());
    for step in [
        "ringfence scan examples/shop",
        "ringfence explain",
        "ringfence fix . --diff",
        "ringfence fix .",
        "ringfence fix . --review --only",
        "ringfence scan . --baseline git:HEAD",
        "ringfence scan . --baseline git:HEAD",
    ] {
        assert!(commands.any(|it| it.starts_with(step)), "no `{step}` in its place");
    }
    assert_eq!(commands.next_back(), Some("echo $?"), "it ends with the exit code of the gate");
}

#[test]
fn whatever_stands_in_a_fence_is_executed() {
    let readme = readme();
    let fences = readme.lines().filter(|line| line.starts_with("```")).step_by(2);
    let others: Vec<&str> = fences.filter(|it| *it != "```console").collect();
    assert_eq!(others, Vec::<&str>::new());
}
