//! A file that appears whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, ensure};
use tempfile::{Builder, NamedTempFile};

use crate::exit::Failure;

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Readers {
    /// Its owner alone.
    Owner,
    /// Whoever may read what this user writes.
    Usual,
    /// Whoever may read what stands there.
    Same,
}

/// A file that is to be written. Until it is whole, what was at its place before stays there.
pub(crate) struct WholeFile {
    /// What we do, for a complaint.
    doing: String,
    path: PathBuf,
    file: NamedTempFile,
}

impl WholeFile {
    /// Makes sure that it can be written, before any work is done for it.
    pub(crate) fn begin(what: &str, path: &Path, readers: Readers) -> Result<Self, Failure> {
        let doing = format!("writing {what} {}", path.display());
        let begin = || {
            let other = path.exists() && !path.is_file();
            ensure!(!other, "it is no regular file; name another one");
            // A link stays one: what it leads to is written.
            let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
            let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
            let file = temporary(folder.unwrap_or(Path::new(".")), readers)?;
            if readers == Readers::Same {
                file.as_file().set_permissions(path.metadata()?.permissions())?;
            }
            Ok((path, file))
        };
        let (path, file) = begin().with_context(|| doing.clone()).map_err(Failure::usage)?;
        Ok(Self { doing, path, file })
    }

    /// Writes it beside its place and puts it there.
    pub(crate) fn write(
        self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> anyhow::Result<()> {
        let Self { doing, path, file } = self;
        let write = || -> anyhow::Result<()> {
            let mut out = BufWriter::with_capacity(1 << 16, file.as_file());
            write(&mut out)?;
            out.flush()?;
            drop(out);
            file.as_file().sync_all()?;
            file.persist(&path)?;
            Ok(())
        };
        write().context(doing)
    }

    /// Writes a text beside its place and puts it there, unless something is there already.
    pub(crate) fn write_new(self, text: &str) -> anyhow::Result<()> {
        let Self { doing, path, mut file } = self;
        let write = || -> anyhow::Result<()> {
            file.write_all(text.as_bytes())?;
            file.as_file().sync_all()?;
            let kept = file.persist_noclobber(&path).map_err(|failed| failed.error);
            kept.map(drop).map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => anyhow!("it is there already; name another place"),
                _ => error.into(),
            })
        };
        write().context(doing)
    }
}

/// A file beside its place. On Unix a temporary one is its owner's alone, unless something else is asked.
fn temporary(folder: &Path, readers: Readers) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    #[cfg(unix)]
    if readers == Readers::Usual {
        // The user's mask takes away from it.
        let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o666);
        builder.permissions(permissions);
    }
    #[cfg(not(unix))]
    let _ = readers;
    builder.tempfile_in(folder)
}
