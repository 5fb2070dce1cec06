//! Archives of files, with nothing in them of the machine that made them.

use std::path::Path;

use anyhow::{Context, Result};

use super::digest::sha256;
use super::file::copy;
use super::program::{Program, VERSION};
use crate::program::{program, succeed};
use crate::workspace::root;

/// One download of a release.
pub(super) struct Archive {
    pub(super) architecture: &'static str,
    pub(super) name: String,
    pub(super) sha256: String,
}

impl Archive {
    /// Writes the program and its licence.
    pub(super) fn write(program: &Program, out: &Path) -> Result<Self> {
        let architecture = program.architecture.id();
        let name = format!("ringfence-{VERSION}-linux-{architecture}.tar.gz");
        let folder = out.join("archive").join(architecture);
        copy(&program.path, &folder.join("ringfence"), 0o755)?;
        copy(&root().join("LICENSE"), &folder.join("LICENSE"), 0o644)?;
        let sha256 = pack(&folder, &out.join(&name))?.compressed;
        std::fs::remove_dir_all(out.join("archive")).context("clearing what was packed")?;
        Ok(Self { architecture, name, sha256 })
    }
}

/// The list that `sha256sum --check` reads.
pub(super) fn checksums(archives: &[Archive]) -> String {
    archives.iter().map(|it| format!("{}  {}\n", it.sha256, it.name)).collect::<Vec<_>>().concat()
}

/// The hashes of an archive.
pub(super) struct Hashes {
    pub(super) plain: String,
    pub(super) compressed: String,
}

/// Packs all that a folder holds, compressed.
pub(super) fn pack(folder: &Path, archive: &Path) -> Result<Hashes> {
    let plain = archive.with_extension("");
    let mut tar = program("tar");
    tar.args(["--sort=name", "--owner=0", "--group=0", "--numeric-owner", "--mtime=@0"]);
    tar.args(["--format=ustar", "--transform=s,^\\./,,", "-cf"]).arg(&plain);
    let names =
        std::fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))?;
    let mut names = names
        .map(|it| Ok(it?.file_name()))
        .collect::<std::io::Result<Vec<_>>>()
        .context("listing")?;
    names.sort();
    succeed(tar.arg("-C").arg(folder).args(names))?;
    let read =
        |path: &Path| std::fs::read(path).with_context(|| format!("reading {}", path.display()));
    let hash = sha256(&read(&plain)?);
    succeed(program("gzip").args(["--no-name", "--force"]).arg(&plain))?;
    Ok(Hashes { plain: hash, compressed: sha256(&read(archive)?) })
}
