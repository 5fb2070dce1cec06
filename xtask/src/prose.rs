//! `cargo xtask prose`: the Markdown names only paths and verbs that exist.
//!
//! Markdown files → backticked spans and verbs → complaints. Check pages are left to the runner of their fences.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use ignore::WalkBuilder;

use crate::workspace::root;

/// Prints a complaint for each name that leads nowhere; any is an error.
pub(crate) fn run(verbs: BTreeSet<String>) -> Result<()> {
    let complaints = complaints(verbs)?;
    for complaint in &complaints {
        eprintln!("prose: {complaint}");
    }
    if !complaints.is_empty() {
        bail!("{} names in the Markdown lead nowhere", complaints.len());
    }
    Ok(())
}

fn complaints(verbs: BTreeSet<String>) -> Result<Vec<String>> {
    let repository = Repository::read(root(), verbs)?;
    let mut complaints = Vec::new();
    for file in repository.files.iter().filter(|file| is_prose(file)) {
        let text = std::fs::read_to_string(root().join(file))
            .with_context(|| format!("reading {file}"))?;
        complaints.extend(repository.complaints(file, &text));
    }
    Ok(complaints)
}

/// A Markdown file that is not the page of a check.
fn is_prose(file: &str) -> bool {
    let check_page = file.starts_with("crates/") && file.contains("/src/");
    has_ending(file, &["md"]) && !check_page
}

/// What a name in the prose may lead to.
struct Repository {
    files: BTreeSet<String>,
    folders: BTreeSet<String>,
    verbs: BTreeSet<String>,
}

impl Repository {
    fn read(root: &Path, verbs: BTreeSet<String>) -> Result<Self> {
        let mut files = BTreeSet::new();
        let walk = WalkBuilder::new(root)
            .hidden(false)
            .parents(false)
            .require_git(false)
            .filter_entry(|entry| entry.file_name() != ".git")
            .build();
        for entry in walk {
            let path = entry.context("listing the repository")?.into_path();
            if path.is_file() {
                files.insert(path.strip_prefix(root)?.to_string_lossy().into_owned());
            }
        }
        Ok(Self::new(files, verbs))
    }

    fn new(files: BTreeSet<String>, verbs: BTreeSet<String>) -> Self {
        let folders = files.iter().flat_map(|file| folders_of(file)).map(str::to_owned);
        let folders = folders.collect();
        Self { files, folders, verbs }
    }

    /// One sentence for each name in the text that leads nowhere.
    fn complaints(&self, file: &str, text: &str) -> Vec<String> {
        let paths = spans(text).into_iter().filter(|span| !self.leads_somewhere(span));
        let paths = paths.map(|span| format!("{file} names `{span}`, which does not exist"));
        let verbs = verbs(text).filter(|verb| !self.verbs.contains(*verb));
        let verbs =
            verbs.map(|verb| format!("{file} names `cargo xtask {verb}`, which is no verb"));
        paths.chain(verbs).collect()
    }

    /// Whether a span is no path of this repository, or one that exists.
    fn leads_somewhere(&self, span: &str) -> bool {
        let path = without_position(span).trim_end_matches('/');
        if path.is_empty() || !path.chars().all(is_path_character) {
            return true;
        }
        let (fixed, whole) = before_placeholder(path);
        let (first, below) = path.split_once('/').unwrap_or((path, ""));
        if !below.is_empty() && self.folders.contains(first) {
            return self.folders.contains(fixed) || self.files.contains(fixed);
        }
        !has_ending(path, &["rs", "toml", "md"]) || !whole || self.ends_a_file(path)
    }

    /// Whether the path, read from some folder, is a file: `mod.rs`, or `src/mod.rs` of any crate.
    fn ends_a_file(&self, path: &str) -> bool {
        let inside = format!("/{path}");
        self.files.iter().any(|file| file == path || file.ends_with(&inside))
    }
}

fn has_ending(file: &str, endings: &[&str]) -> bool {
    let ending = Path::new(file).extension();
    ending.is_some_and(|ending| endings.iter().any(|one| ending == *one))
}

fn folders_of(file: &str) -> impl Iterator<Item = &str> {
    file.match_indices('/').map(|(end, _)| &file[..end])
}

/// The backticked spans outside fenced blocks.
fn spans(text: &str) -> Vec<&str> {
    let mut spans = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            spans.extend(line.split('`').skip(1).step_by(2));
        }
    }
    spans
}

/// The words that follow `cargo xtask`, anywhere in the text.
fn verbs(text: &str) -> impl Iterator<Item = &str> {
    text.split("cargo xtask ").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-');
        let verb = &rest[..end.unwrap_or(rest.len())];
        (!verb.is_empty() && !verb.starts_with('-')).then_some(verb)
    })
}

/// `deploy.rs:14:3` without its line and column.
fn without_position(span: &str) -> &str {
    let is_position = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == ':');
    match span.split_once(':') {
        Some((path, rest)) if is_position(rest) => path,
        _ => span,
    }
}

/// The components before the first placeholder, and whether that is all of them.
fn before_placeholder(path: &str) -> (&str, bool) {
    match path.find(['<', '{', '*', '…']) {
        None => (path, true),
        Some(at) => (path[..at].rsplit_once('/').map_or("", |(fixed, _)| fixed), false),
    }
}

fn is_path_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_./<>{}*…,".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaints_about(text: &str) -> Vec<String> {
        let files = ["README.md", "crates/rbac/src/grant.rs", "docs/guide.md", ".ci/run"];
        let files = files.map(str::to_owned).into_iter().collect();
        Repository::new(files, BTreeSet::from(["gen".to_owned()])).complaints("README.md", text)
    }

    #[test]
    fn the_prose_of_this_repository_leads_somewhere() {
        let none: Vec<String> = Vec::new();
        assert_eq!(complaints(crate::verbs()).unwrap(), none);
    }

    #[test]
    fn paths_that_exist_are_well() {
        let text = "See `crates/rbac/src/grant.rs:14`, `crates/rbac/`, `grant.rs`, `rbac/src/grant.rs`, `.ci/run`.";
        assert!(complaints_about(text).is_empty());
    }

    #[test]
    fn a_path_that_does_not_exist_is_named() {
        let text = "See `docs/lost.md`, `crates/lost` and `lost.rs`.";
        assert_eq!(
            complaints_about(text),
            [
                "README.md names `docs/lost.md`, which does not exist",
                "README.md names `crates/lost`, which does not exist",
                "README.md names `lost.rs`, which does not exist",
            ]
        );
    }

    #[test]
    fn a_placeholder_is_judged_by_what_stands_before_it() {
        assert!(complaints_about("`crates/rbac/<noun>.rs` and `<check>.md`").is_empty());
        assert_eq!(complaints_about("`crates/lost/<noun>.rs`").len(), 1);
    }

    #[test]
    fn spans_that_are_no_paths_are_left_alone() {
        let text =
            "`and/or`, `https://a.example/docs/x`, `cp docs/x y`, `a.yaml`\n```\n`docs/lost`\n```";
        assert!(complaints_about(text).is_empty());
    }

    #[test]
    fn an_unknown_verb_is_named_even_in_a_fence() {
        let text = "`cargo xtask <verb>`\n```\ncargo xtask gen\ncargo xtask dance --now\n```";
        assert_eq!(
            complaints_about(text),
            ["README.md names `cargo xtask dance`, which is no verb"]
        );
    }

    #[test]
    fn pages_of_checks_are_no_prose() {
        assert!(!is_prose("crates/checks/src/workload/privileged_container.md"));
        assert!(is_prose("crates/checks/README.md"));
    }
}
