//! `ringfence scan --dump FILE`: what the cluster listed, kept in a file.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use collect::Reading;
use collect::dump;
use scan::{Config, Redaction};
use tempfile::NamedTempFile;

use crate::exit::Failure;
use crate::terminal;

/// A dump that is to be written. Until it is whole, nothing stands at its place.
pub(crate) struct Dump {
    path: PathBuf,
    file: NamedTempFile,
}

impl Dump {
    /// Makes sure that it can be written, before the cluster is asked for anything.
    pub(crate) fn begin(path: &Path) -> Result<Self, Failure> {
        let begin = || {
            let other = path.exists() && !path.is_file();
            ensure!(!other, "it is no regular file; name another one");
            let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
            // Readable for its owner alone, as a temporary file is.
            let file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
            Ok(Self { path: path.to_owned(), file })
        };
        begin().with_context(|| cannot_write(path)).map_err(Failure::usage)
    }

    /// Writes it beside its place and puts it there.
    pub(crate) fn write(self, reading: &Reading, config: &Config) -> Result<(), Failure> {
        let Self { path, file } = self;
        let write = || -> anyhow::Result<()> {
            let mut out = BufWriter::with_capacity(1 << 16, file.as_file());
            let taken = terminal::now().to_string();
            dump::write(reading, &taken, &mut Redaction::new(config), &mut out)?;
            out.flush()?;
            drop(out);
            file.as_file().sync_all()?;
            file.persist(&path)?;
            Ok(())
        };
        write().with_context(|| cannot_write(&path)).map_err(Failure::usage)
    }
}

fn cannot_write(path: &Path) -> String {
    format!("writing the dump {}", path.display())
}
