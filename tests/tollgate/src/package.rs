//! Everything that a release is made of.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::program::{run, target};

/// The version of all that is packaged.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Where krew is told to download from; nobody does.
pub const RELEASES: &str = "https://example.com/OWNER/ringfence/releases/download";

/// The folder of the packages, written on the first call.
pub fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = target("tollgate/package");
        write(&folder);
        folder
    })
}

/// Packages the code as it is into a folder.
pub fn write(folder: &Path) {
    let mut xtask = e2e::binary::cargo();
    xtask.args(["xtask", "package", "--releases", RELEASES, "--out"]);
    xtask.arg(folder).env("CARGO_TARGET_DIR", target(""));
    run(&mut xtask).with(0);
}

/// A release whose archive is another than its checksum says.
pub fn forged() -> TempDir {
    let forged = tempfile::tempdir().expect("there is room for temporary files");
    let checksums = "checksums.txt";
    std::fs::copy(folder().join(checksums), forged.path().join(checksums)).expect("it is copied");
    std::fs::write(forged.path().join(archive()), "forged").expect("it is written");
    forged
}

/// The name of the archive for this machine.
pub fn archive() -> String {
    format!("ringfence-{VERSION}-linux-{}.tar.gz", architecture())
}

/// This machine's architecture, as Go calls it.
pub fn architecture() -> &'static str {
    if std::env::consts::ARCH == "aarch64" { "arm64" } else { "amd64" }
}

/// The program, unpacked from its archive on the first call.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let unpacked = target("tollgate/unpacked");
        let archive = folder().join(archive());
        run(Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(&unpacked)).with(0);
        unpacked.join("ringfence")
    })
}
