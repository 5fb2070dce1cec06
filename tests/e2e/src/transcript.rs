//! What a document shows of a console: commands, and what they print.
//!
//! In a fence of `console`, a line `$ command` is a command and the lines below are what it prints on
//! standard output and standard error, all of it. A line that is only `…` stands for any lines. All
//! commands of a document run in one shell, one after another, so that `cd` and `$?` mean what they
//! mean to a reader.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use similar::TextDiff;
use tempfile::TempDir;

use crate::binary;

/// The day on which exceptions are judged: a document shows no other.
const TODAY: &str = "2026-11-21";

/// A line that stands for any lines.
const ELLIPSIS: &str = "…";

/// Ends what one command printed.
const END: char = '\u{1e}';

/// What a document shows of a console.
pub struct Transcript {
    steps: Vec<Step>,
}

/// A command, and what is shown below it.
pub struct Step {
    /// The command line.
    pub command: String,
    /// The lines below it.
    pub shown: Vec<String>,
}

impl Transcript {
    /// The fences of `console` in a Markdown text, in their order.
    pub fn of(markdown: &str) -> Self {
        let mut steps: Vec<Step> = Vec::new();
        for fence in markdown.split("```console\n").skip(1) {
            let (lines, _) = fence.split_once("\n```").expect("a fence has an end");
            assert!(lines.starts_with("$ "), "a fence starts with a command: {lines}");
            for line in lines.lines() {
                match (line.strip_prefix("$ "), steps.last_mut()) {
                    (None, Some(step)) => step.shown.push(line.to_owned()),
                    (command, _) => steps.push(Step::new(command.unwrap_or_default())),
                }
            }
        }
        Self { steps }
    }

    /// The commands, in their order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Runs the commands in a folder, with the program under test as `ringfence`; gives each that
    /// prints something else than is shown, with the difference.
    pub fn differences(&self, folder: &Path) -> Vec<String> {
        let printed = self.run(folder);
        let mut outputs = printed.split(END);
        let pairs = self.steps.iter().map(|step| (step, outputs.next().unwrap_or_default()));
        pairs.filter_map(|(step, printed)| step.difference(printed)).collect()
    }

    fn run(&self, folder: &Path) -> String {
        let programs = programs();
        let path = std::env::var("PATH").expect("there is a path");
        let output = Command::new("sh")
            .args(["-c", &self.script()])
            .current_dir(folder)
            .env_clear()
            .env("PATH", format!("{}:{path}", programs.path().display()))
            .env("HOME", programs.path())
            .envs(["AUTHOR", "COMMITTER"].map(|it| (format!("GIT_{it}_NAME"), "A Newcomer")))
            .envs(["AUTHOR", "COMMITTER"].map(|it| (format!("GIT_{it}_EMAIL"), "a@example.com")))
            .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
            .stdin(Stdio::null())
            .output()
            .expect("every machine has `sh`");
        let printed = String::from_utf8(output.stdout).expect("whatever is printed is UTF-8");
        let complaint = String::from_utf8_lossy(&output.stderr);
        let ended = printed.matches(END).count();
        assert_eq!(ended, self.steps.len(), "the shell ended early: {printed}{complaint}");
        printed
    }

    /// All commands, with a mark behind the output of each that leaves `$?` as it is.
    fn script(&self) -> String {
        let marked = |command: &str| format!("{command}\ncode=$?; printf '\\036'; (exit $code)\n");
        let commands = self.steps.iter().map(|step| marked(&step.command));
        "exec 2>&1\n".to_owned() + &commands.collect::<String>()
    }
}

impl Step {
    fn new(command: &str) -> Self {
        Self { command: command.to_owned(), shown: Vec::new() }
    }

    /// The first part of what is shown that is not printed, beside what is printed in its place.
    fn difference(&self, printed: &str) -> Option<String> {
        let mut rest: Vec<&str> = printed.lines().collect();
        let parts: Vec<&[String]> = self.shown.split(|line| line == ELLIPSIS).collect();
        for (number, part) in parts.iter().enumerate() {
            let (is_first, is_last) = (number == 0, number + 1 == parts.len());
            let start = match (is_first, is_last) {
                (true, _) => 0,
                (false, true) => rest.len().saturating_sub(part.len()),
                (false, false) => likeliest(part, &rest),
            };
            let end = if is_last { rest.len() } else { rest.len().min(start + part.len()) };
            if rest[start..end] != **part {
                return Some(self.told(part, &rest[start..end]));
            }
            rest.drain(..end);
        }
        None
    }

    fn told(&self, shown: &[String], printed: &[&str]) -> String {
        let [shown, printed] = [shown.join("\n") + "\n", printed.join("\n") + "\n"];
        let diff = TextDiff::from_lines(&shown, &printed);
        let diff = diff.unified_diff().header("shown", "printed").to_string();
        format!("$ {}\n{diff}", self.command)
    }
}

/// Where in the lines a part stands, or else where most of it does.
fn likeliest(part: &[String], lines: &[&str]) -> usize {
    let alike = |start: &usize| {
        let pairs = || part.iter().zip(&lines[*start..]);
        let lines = pairs().filter(|(shown, printed)| shown == *printed).count();
        let words: usize = pairs().map(|(shown, printed)| equal_words(shown, printed)).sum();
        (lines, words)
    };
    let starts = 0..=lines.len().saturating_sub(part.len());
    starts.rev().max_by_key(alike).unwrap_or_default()
}

fn equal_words(one: &str, other: &str) -> usize {
    let pairs = one.split_whitespace().zip(other.split_whitespace());
    pairs.filter(|(one, other)| one == other).count()
}

/// A folder for the path, with the program under test on a day that does not pass.
fn programs() -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for temporary files");
    let path = folder.path().join("ringfence");
    let program = binary::path().display();
    let judged = format!("case $1 in scan|fix) exec '{program}' \"$@\" --today {TODAY};; esac");
    let script = format!("#!/bin/sh\n{judged}\nexec '{program}' \"$@\"\n");
    let written = fs::write(&path, script);
    let executable = || fs::set_permissions(&path, Permissions::from_mode(0o755));
    written.and_then(|()| executable()).expect("a script can be written");
    folder
}

#[cfg(test)]
mod tests {
    use super::Transcript;

    /// How the only command of a fence differs when it prints these lines.
    fn difference(shown: &str, printed: &str) -> Option<String> {
        let transcript = Transcript::of(&format!("```console\n$ a\n{shown}\n```\n"));
        transcript.steps[0].difference(printed)
    }

    #[test]
    fn what_is_printed_as_shown_is_no_difference() {
        assert_eq!(difference("one\n\ntwo", "one\n\ntwo\n"), None);
    }

    #[test]
    fn an_ellipsis_stands_for_any_lines() {
        let printed = "one\ntwo\nthree\nfour\nfive\n";
        for shown in ["one\n…", "…\nfive", "one\n…\nfive", "…\ntwo\nthree\n…\nfive", "…\nthree\n…"]
        {
            assert_eq!(difference(shown, printed), None, "{shown}");
        }
        assert_eq!(difference("one\n…\ntwo", "one\ntwo"), None, "none is any, too");
    }

    #[test]
    fn a_line_that_changed_is_shown_beside_what_is_printed_in_its_place() {
        let told = difference("one\n…\nthree\nfour\n…", "one\ntwo\nthree\n4\nfive\n");
        let told = told.expect("a line changed");
        assert_eq!(told, "$ a\n--- shown\n+++ printed\n@@ -1,2 +1,2 @@\n three\n-four\n+4\n");
    }

    #[test]
    fn a_line_alone_is_shown_beside_the_one_that_is_most_alike() {
        let told = difference("…\n  1 high   2 low\n…", "a page\n\n  1 high   3 low\n\nmore\n");
        let told = told.expect("a line changed");
        assert!(told.ends_with("-  1 high   2 low\n+  1 high   3 low\n"), "{told}");
    }

    #[test]
    fn a_line_more_or_less_is_a_difference() {
        for (shown, printed) in [
            ("one", "one\ntwo\n"),
            ("one\ntwo", "one\n"),
            ("two", "one\ntwo\n"),
            ("…\ntwo", "two\nthree\n"),
            ("one\n…\none", "one\n"),
        ] {
            assert!(difference(shown, printed).is_some(), "{shown} and {printed}");
        }
    }

    #[test]
    fn each_command_has_its_own_lines() {
        let text = "a\n```console\n$ a\n1\n$ b\n```\n```text\n$ no\n```\n```console\n$ c\n2\n```\n";
        let transcript = Transcript::of(text);
        let steps: Vec<_> =
            transcript.steps.iter().map(|it| (it.command.as_str(), it.shown.join(","))).collect();
        assert_eq!(steps, [("a", "1".into()), ("b", String::new()), ("c", "2".into())]);
    }
}
