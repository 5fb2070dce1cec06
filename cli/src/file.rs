//! Files that are written whole or not at all.

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use tempfile::NamedTempFile;

/// Puts a text in the place of a file; a link is followed, and permissions stay.
///
/// # Errors
/// When it cannot be written; then the file is as it was.
#[allow(clippy::disallowed_methods, reason = "the binary writes what it is asked to")]
pub(crate) fn replace(path: &Path, text: &str) -> anyhow::Result<()> {
    let doing = || format!("writing {}", path.display());
    let target = path.canonicalize().with_context(doing)?;
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut temporary = NamedTempFile::new_in(folder).with_context(doing)?;
    temporary.write_all(text.as_bytes()).with_context(doing)?;
    let permissions = std::fs::metadata(&target).with_context(doing)?.permissions();
    std::fs::set_permissions(temporary.path(), permissions).with_context(doing)?;
    temporary.as_file().sync_all().with_context(doing)?;
    temporary.persist(&target).with_context(doing)?;
    Ok(())
}
