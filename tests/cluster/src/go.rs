//! A Go that is new enough for the module, the machine's or one fetched as a module.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::place::{module, target};
use crate::program::output;

/// The release that is fetched where the machine's Go is too old.
const RELEASE: &str = "1.26.8";

/// A Go toolchain that is new enough for `tests/cluster/go.mod`.
#[derive(Debug)]
pub struct Go {
    /// The folder of the program, where it is not the one on the path.
    folder: Option<PathBuf>,
}

impl Go {
    /// The Go on the path, or the one fetched earlier.
    ///
    /// # Errors
    /// When neither is there and new enough.
    pub fn find() -> Result<Self> {
        let needed = needed()?;
        if version_of(Path::new("go")).is_some_and(|found| found >= needed) {
            return Ok(Self { folder: None });
        }
        let folder = fetched()?.join("bin");
        if version_of(&folder.join("go")).is_some_and(|found| found >= needed) {
            return Ok(Self { folder: Some(folder) });
        }
        let needed = needed.map(|number| number.to_string()).join(".");
        bail!("no Go of at least {needed} is here; `cargo xtask cluster up` fetches it")
    }

    /// Fetches a toolchain with the Go on the path, however old, into the target folder.
    ///
    /// # Errors
    /// When there is no Go at all, or the module cannot be had.
    pub fn fetch() -> Result<()> {
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Module {
            dir: PathBuf,
        }
        let tools = target()?.join("tools");
        std::fs::create_dir_all(&tools)?;
        let toolchain = format!("golang.org/toolchain@v0.0.1-go{RELEASE}.{}", platform()?);
        let mut download = Command::new("go");
        // Outside of any module, and by this Go itself.
        download.current_dir(&tools).env("GOTOOLCHAIN", "local").env("GO111MODULE", "on");
        let module = output(download.args(["mod", "download", "-json", &toolchain]))?;
        let module: Module =
            serde_json::from_str(&module).context("reading where the module is")?;
        unpack(&module.dir, &tools.join("unpacking"))?;
        std::fs::remove_dir_all(fetched()?).ok();
        std::fs::rename(tools.join("unpacking"), fetched()?).context("placing the toolchain")
    }

    /// Lets a program, and what it starts, find this Go before any other.
    pub fn lend(&self, command: &mut Command) {
        if let Some(folder) = &self.folder {
            command.env("PATH", path_with(folder));
        }
    }

    /// A `go` command in a folder, which uses this toolchain and no other.
    pub(crate) fn command(&self, folder: &Path) -> Command {
        let program = self.folder.as_ref().map_or_else(|| "go".into(), |it| it.join("go"));
        let mut command = Command::new(program);
        command.current_dir(folder).env("GOTOOLCHAIN", "local").env("GOWORK", "off");
        command
    }
}

/// Where a fetched toolchain lies.
fn fetched() -> Result<PathBuf> {
    Ok(target()?.join("tools").join(format!("go{RELEASE}")))
}

/// A module holds neither executable files nor modules: the toolchain's own are marked and renamed.
fn unpack(module: &Path, folder: &Path) -> Result<()> {
    std::fs::remove_dir_all(folder).ok();
    let mut copy = Command::new("cp");
    output(copy.args(["-R", "--no-preserve=mode"]).args([module, folder]))?;
    let mut renamed = Command::new("find");
    renamed.arg(folder).args(["-name", "_go.mod", "-execdir", "mv", "{}", "go.mod", ";"]);
    output(&mut renamed)?;
    let mut marked = Command::new("find");
    marked.args([folder.join("bin"), folder.join("pkg/tool")]);
    output(marked.args(["-type", "f", "-exec", "chmod", "755", "{}", "+"])).map(drop)
}

fn path_with(folder: &Path) -> OsString {
    let mut path = folder.as_os_str().to_owned();
    if let Some(rest) = std::env::var_os("PATH") {
        path.push(":");
        path.push(rest);
    }
    path
}

/// The platform in Go's words.
fn platform() -> Result<String> {
    let machine = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => bail!("no Go is known for {other}"),
    };
    let system = if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS };
    Ok(format!("{system}-{machine}"))
}

/// The oldest version that the module takes.
fn needed() -> Result<[u32; 3]> {
    let path = module().join("go.mod");
    let text = std::fs::read_to_string(&path).context("reading go.mod")?;
    let line = text.lines().find_map(|line| line.strip_prefix("go "));
    line.and_then(version).context("go.mod names no version of Go")
}

fn version_of(go: &Path) -> Option<[u32; 3]> {
    let mut command = Command::new(go);
    let text = output(command.arg("version").current_dir("/").env("GOTOOLCHAIN", "local")).ok()?;
    version(text.split_whitespace().find_map(|word| word.strip_prefix("go1."))?)
        .map(|[minor, patch, _]| [1, minor, patch])
}

/// Numbers between dots; what is missing is 0, and a release candidate counts as its release.
fn version(text: &str) -> Option<[u32; 3]> {
    let mut numbers = text.trim().splitn(3, '.').map(|part| {
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        part[..end].parse().ok()
    });
    let first = numbers.next()??;
    Some([first, numbers.next().unwrap_or(Some(0))?, numbers.next().unwrap_or(Some(0))?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_by_number() {
        assert!(version("1.9").unwrap() < version("1.26.0").unwrap());
        assert_eq!(version("1.27rc1"), Some([1, 27, 0]));
        assert_eq!(version("devel"), None);
    }

    #[test]
    fn the_release_that_is_fetched_is_new_enough() {
        assert!(version(RELEASE).unwrap() >= needed().unwrap());
    }
}
