//! `cargo xtask package`: everything that a release is made of, from static programs.
//!
//! ```text
//! program ─▶ archive ─▶ checksums.txt, ringfence.yaml (krew)
//!         └▶ image (an OCI layout)
//! ```
//!
//! The same programs give the same bytes: no time, no user and no folder of this machine gets in.

mod archive;
mod digest;
mod file;
mod image;
mod krew;
mod program;

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::workspace::Workspace;
use archive::Archive;
use file::write;
use program::Program;

/// What to package.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A static program as amd64=PATH or arm64=PATH; may be repeated [default: built for this machine]
    #[arg(long, value_name = "ARCHITECTURE=PATH")]
    program: Vec<Program>,
    /// Where releases are downloaded from, for krew, as in
    /// `https://github.com/OWNER/NAME/releases/download`
    #[arg(long, value_name = "URL")]
    releases: Option<String>,
    /// The folder to write [default: package in the target folder]
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// Writes archives, their checksums, the image and, where it is told from where, the manifest for krew.
pub(crate) fn run(args: &Args) -> Result<()> {
    let target = Workspace::read()?.target;
    let out = args.out.clone().unwrap_or_else(|| target.join("package"));
    let mut programs = args.program.clone();
    if programs.is_empty() {
        programs.push(Program::build(&target)?);
    }
    programs.sort();
    std::fs::create_dir_all(&out).with_context(|| format!("making {}", out.display()))?;
    let archives = programs.iter().map(|program| Archive::write(program, &out));
    let archives = archives.collect::<Result<Vec<Archive>>>()?;
    write(&out.join("checksums.txt"), archive::checksums(&archives))?;
    if let Some(releases) = &args.releases {
        write(&out.join("ringfence.yaml"), krew::manifest(releases, &archives))?;
    }
    let digest = image::write_layout(&programs, &out.join("image"))?;
    println!("{}: {} archives, image {digest}", out.display(), archives.len());
    Ok(())
}
