//! One generated file.

use std::path::Path;

use anyhow::{Context, Result};

/// Nothing in it is written by hand.
pub(super) const FOLDER: &str = "docs/reference";

/// A file below [`FOLDER`] and its text.
pub(super) struct Output {
    pub(super) path: String,
    text: String,
}

impl Output {
    pub(super) fn new(name: &str, text: String) -> Self {
        Self { path: format!("{FOLDER}/{name}"), text }
    }

    pub(super) fn is_fresh(&self, root: &Path) -> bool {
        std::fs::read_to_string(root.join(&self.path)).is_ok_and(|present| present == self.text)
    }

    pub(super) fn write(&self, root: &Path) -> Result<()> {
        let path = root.join(&self.path);
        let folder = path.parent().unwrap_or(&path);
        std::fs::create_dir_all(folder)
            .with_context(|| format!("creating {}", folder.display()))?;
        std::fs::write(&path, &self.text).with_context(|| format!("writing {}", path.display()))
    }
}
