//! `cargo xtask gen`: files derived from the code, and the proof that none is stale.
//!
//! A new kind of generated file is one line in [`outputs`] and a function in a file of its own.

mod check_pages;
mod command_pages;
mod crates_page;
mod output;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;
use output::{FOLDER, Output};

/// What `gen` is asked to do.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Write nothing; fail where a file is stale
    #[arg(long)]
    check: bool,
}

/// Writes each output that changed and removes what nothing generates any more; with `--check`
/// names both and writes nothing.
pub(crate) fn run(args: &Args) -> Result<()> {
    if args.check {
        return check();
    }
    let workspace = Workspace::read()?;
    let outputs = outputs(&workspace)?;
    for output in outputs.iter().filter(|output| !output.is_fresh(&workspace.root)) {
        output.write(&workspace.root)?;
        println!("wrote {}", output.path);
    }
    for path in left_over(&workspace.root, &outputs) {
        std::fs::remove_file(workspace.root.join(&path))
            .with_context(|| format!("removing {path}"))?;
        println!("removed {path}");
    }
    Ok(())
}

/// Fails where a generated file is stale, naming it and the command that mends it.
pub(crate) fn check() -> Result<()> {
    let workspace = Workspace::read()?;
    let outputs = outputs(&workspace)?;
    let stale = outputs.iter().filter(|output| !output.is_fresh(&workspace.root));
    let mut stale: Vec<String> = stale.map(|output| output.path.clone()).collect();
    stale.extend(left_over(&workspace.root, &outputs));
    if !stale.is_empty() {
        bail!("stale: {}; run `cargo xtask gen`", stale.join(", "));
    }
    Ok(())
}

fn outputs(workspace: &Workspace) -> Result<Vec<Output>> {
    let mut outputs = vec![Output::new("crates.md", crates_page::make(workspace)?)];
    outputs.extend(check_pages::make());
    outputs.extend(command_pages::make()?);
    Ok(outputs)
}

/// The files of the folder that nothing generates.
fn left_over(root: &Path, outputs: &[Output]) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    list(&root.join(FOLDER), FOLDER, &mut files);
    files.retain(|path| outputs.iter().all(|output| output.path != *path));
    files
}

fn list(folder: &Path, name: &str, files: &mut BTreeSet<String>) {
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let path = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            list(&entry.path(), &path, files);
        } else {
            files.insert(path);
        }
    }
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
    fn a_changed_file_is_stale_and_one_of_yesterday_is_left_over() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let old = Output::new("checks/gone.md", "old".to_owned());
        let output = Output::new("a.md", "new".to_owned());
        Output::new("a.md", "old".to_owned()).write(root).unwrap();
        old.write(root).unwrap();
        assert!(!output.is_fresh(root));
        assert!(left_over(root, &[output]).contains(&old.path));
    }
}
