//! The program that is every part of Kubernetes, built once for each version.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::digest::sha256;
use crate::go::Go;
use crate::module;
use crate::place;
use crate::program::run;

/// The path of the program for that version, built where it is not there or its source has changed.
pub(crate) fn build(version: &str) -> Result<PathBuf> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    ensure!(version.starts_with("v1.") && version.chars().all(plain), "no version: `{version}`");
    let folder = place::target()?.join("cluster").join(version);
    std::fs::create_dir_all(&folder)?;
    // Of two that come at once, one builds and the other waits for it.
    let lock = File::create(folder.join("lock")).context("opening the lock of the build")?;
    lock.lock().context("waiting for another build")?;
    let (program, stamp) = (folder.join("kubernetes"), folder.join("stamp"));
    let source = source()?;
    if program.is_file() && std::fs::read_to_string(&stamp).is_ok_and(|it| it == source) {
        return Ok(program);
    }
    eprintln!("building Kubernetes {version}, which takes some minutes the first time");
    std::fs::remove_file(&stamp).ok();
    compile(version, &folder, &program)?;
    std::fs::write(&stamp, source).context("writing the stamp of the build")?;
    Ok(program)
}

fn compile(version: &str, folder: &Path, program: &Path) -> Result<()> {
    let go = Go::find()?;
    let mut module = place::module().to_owned();
    if version != module::default_version()? {
        module = folder.join("module");
        module::write(&go, version, &module).with_context(|| format!("requiring {version}"))?;
    }
    let mut build = go.command(&module);
    build.env("CGO_ENABLED", "0").args(["build", "-trimpath", "-buildvcs=false", "-ldflags"]);
    run(build.arg(linker_flags(version)).arg("-o").arg(program).arg("./kubernetes"))
}

/// What the API server answers when it is asked for its version.
fn linker_flags(version: &str) -> String {
    let mut numbers = version.trim_start_matches('v').split('.');
    let (major, minor) = (numbers.next().unwrap_or("1"), numbers.next().unwrap_or("0"));
    let facts = [
        ("gitVersion", version),
        ("gitMajor", major),
        ("gitMinor", minor),
        ("gitTreeState", "clean"),
        ("gitCommit", "unknown"),
    ];
    let facts =
        facts.map(|(name, value)| format!("-X k8s.io/component-base/version.{name}={value}"));
    format!("-s -w {}", facts.join(" "))
}

/// A hash of everything the program is made of.
fn source() -> Result<String> {
    let mut all = Vec::new();
    for file in ["kubernetes/main.go", "go.mod", "go.sum"] {
        let path = place::module().join(file);
        all.extend(std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?);
    }
    Ok(sha256(&all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_linker_is_told_the_version_in_parts() {
        let flags = linker_flags("v1.34.4");
        assert!(flags.contains("version.gitVersion=v1.34.4 "));
        assert!(flags.contains("version.gitMajor=1 "));
        assert!(flags.contains("version.gitMinor=34 "));
    }

    #[test]
    fn a_version_cannot_lead_out_of_the_folder() {
        assert!(build("v1./../../x").is_err());
        assert!(build("latest").is_err());
    }
}
