//! A static program for one architecture.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, bail};

use crate::program::{cargo, succeed};
use crate::workspace::root;

/// The version of all that is packaged.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A static program, and what it runs on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Program {
    pub(super) architecture: Architecture,
    pub(super) path: PathBuf,
}

/// An architecture, as Go and everything about containers calls it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Architecture {
    Amd64,
    Arm64,
}

impl Architecture {
    pub(super) fn id(self) -> &'static str {
        match self {
            Architecture::Amd64 => "amd64",
            Architecture::Arm64 => "arm64",
        }
    }

    /// That of this machine.
    fn here() -> Result<Self> {
        match std::env::consts::ARCH {
            "x86_64" => Ok(Self::Amd64),
            "aarch64" => Ok(Self::Arm64),
            other => bail!("nothing is packaged on {other}"),
        }
    }
}

impl Program {
    /// Builds it for this machine, without a path of this machine in it.
    pub(super) fn build(target_folder: &Path) -> Result<Self> {
        let triple = format!("{}-unknown-linux-musl", std::env::consts::ARCH);
        let home = std::env::var("CARGO_HOME").map(PathBuf::from);
        let home =
            home.or_else(|_| std::env::var("HOME").map(|it| Path::new(&it).join(".cargo")))?;
        let paths = [(home.as_path(), "/cargo"), (root(), "/ringfence")];
        let flags = paths.map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
        let mut cargo = cargo();
        cargo.args(["build", "--package", "ringfence", "--release", "--locked"]);
        // Between the flags stands what no path holds.
        cargo.args(["--target", &triple]).env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        succeed(&mut cargo).with_context(|| {
            format!("a static program needs `rustup target add {triple}` and `musl-gcc`")
        })?;
        let path = target_folder.join(triple).join("release/ringfence");
        Ok(Self { architecture: Architecture::here()?, path })
    }
}

impl FromStr for Program {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (architecture, path) = text.split_once('=').context("write it as amd64=PATH")?;
        let architecture = match architecture {
            "amd64" => Architecture::Amd64,
            "arm64" => Architecture::Arm64,
            other => bail!("there is no architecture {other:?}; there are amd64 and arm64"),
        };
        Ok(Self { architecture, path: path.into() })
    }
}
