//! `cargo xtask gen`: files derived from the code, and the proof that none is stale.
//!
//! A new generated file is one line in `OUTPUTS` and a function beside `crates_page`.

mod crates_page;

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

/// What `gen` is asked to do.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Write nothing; fail where a file is stale
    #[arg(long)]
    check: bool,
}

/// A file in the repository and the function that gives its text.
struct Output {
    path: &'static str,
    make: fn(&Workspace) -> Result<String>,
}

const OUTPUTS: &[Output] = &[Output { path: "docs/reference/crates.md", make: crates_page::make }];

/// Writes each output that changed, or with `--check` names those that would.
pub(crate) fn run(args: &Args) -> Result<()> {
    if args.check {
        return check();
    }
    let workspace = Workspace::read()?;
    for output in OUTPUTS {
        let text = output.text(&workspace)?;
        if !is_fresh(&workspace.root, output, &text) {
            write(&workspace.root.join(output.path), &text)?;
            println!("wrote {}", output.path);
        }
    }
    Ok(())
}

/// Fails where a generated file is stale, naming it and the command that mends it.
pub(crate) fn check() -> Result<()> {
    let workspace = Workspace::read()?;
    let mut stale = Vec::new();
    for output in OUTPUTS {
        let text = output.text(&workspace)?;
        if !is_fresh(&workspace.root, output, &text) {
            stale.push(output.path);
        }
    }
    if !stale.is_empty() {
        bail!("stale: {}; run `cargo xtask gen`", stale.join(", "));
    }
    Ok(())
}

impl Output {
    fn text(&self, workspace: &Workspace) -> Result<String> {
        (self.make)(workspace).with_context(|| format!("generating {}", self.path))
    }
}

fn is_fresh(root: &Path, output: &Output, text: &str) -> bool {
    std::fs::read_to_string(root.join(output.path)).is_ok_and(|present| present == text)
}

fn write(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    std::fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_generated_file_is_fresh() {
        let stale = check().err().map(|error| format!("{error:#}"));
        assert_eq!(stale, None);
    }

    #[test]
    fn a_changed_file_is_not_fresh() {
        let folder = tempfile::tempdir().unwrap();
        let output = Output { path: "docs/a.md", make: |_| Ok("new".to_owned()) };
        write(&folder.path().join(output.path), "old").unwrap();
        assert!(!is_fresh(folder.path(), &output, "new"));
        assert!(is_fresh(folder.path(), &output, "old"));
    }
}
