//! `cargo xtask layers`: arrows between crates point down, and the files of a crate form no circle.
//!
//! `cargo metadata` → arrows, source files → modules → circles → violations.

mod arrows;
mod circles;
mod modules;
mod paths;

use anyhow::{Result, bail};

use crate::workspace::Workspace;

/// Judges the whole workspace; every violation is printed, and any is an error.
pub(crate) fn run() -> Result<()> {
    let violations = violations(&Workspace::read()?)?;
    for violation in &violations {
        eprintln!("layers: {violation}");
    }
    if !violations.is_empty() {
        bail!("{} violations of the layers", violations.len());
    }
    Ok(())
}

fn violations(workspace: &Workspace) -> Result<Vec<String>> {
    let mut violations = arrows::violations(&workspace.crates, &workspace.layers);
    for member in &workspace.crates {
        violations.extend(circles::violations(member)?);
    }
    Ok(violations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_workspace_keeps_to_its_layers() {
        let workspace = Workspace::read().unwrap();
        let none: Vec<String> = Vec::new();
        assert_eq!(violations(&workspace).unwrap(), none);
    }
}
