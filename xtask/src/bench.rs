//! `cargo xtask bench`: a scan beside the bare YAML parser over the same bytes, measured in one run.
//!
//! corpus → a folder large enough → child processes, in turn → the least of each figure. It prints, and judges
//! nothing: a time means something only beside another one of the same run. With `--live`, the same for a cluster.

mod corpus;
pub(crate) mod floor;
mod live;
mod programs;
mod usage;

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::table::table;
use crate::workspace::Workspace;
use corpus::Corpus;
use programs::Programs;
use usage::Usage;

/// What `bench` is asked to do.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A folder of manifests; may be given several times [default: examples/shop]
    #[arg(long, value_name = "DIR")]
    corpus: Vec<PathBuf>,
    /// Copy the corpus until it is this large
    #[arg(long, value_name = "N", default_value_t = 70)]
    megabytes: u64,
    /// Measure each case so often, and keep the least of each figure
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    repeats: u32,
    /// Measure the first file of the corpus alone, 20 times
    #[arg(long)]
    small: bool,
    #[command(flatten)]
    live: live::LiveArgs,
}

const SMALL_REPEATS: u32 = 20;

/// Builds both programs, measures them in turn and prints the table.
pub(crate) fn run(args: &Args) -> Result<()> {
    if args.live.live {
        return live::run(&args.live, args.repeats);
    }
    let workspace = Workspace::read()?;
    let folders = folders(args, &workspace.root)?;
    let programs = Programs::build(&workspace)?;
    let copies = workspace.target.join("bench");
    if args.small {
        let corpus = Corpus::first_of(&folders, &copies)?;
        return compare(&programs, &corpus, SMALL_REPEATS);
    }
    let corpus = Corpus::of(&folders, args.megabytes * 1_000_000, &copies)?;
    compare(&programs, &corpus, args.repeats)
}

fn folders(args: &Args, root: &Path) -> Result<Vec<PathBuf>> {
    let given =
        if args.corpus.is_empty() { vec![root.join("examples/shop")] } else { args.corpus.clone() };
    for folder in &given {
        ensure!(
            folder.is_dir(),
            "{} is no folder of manifests; give one with --corpus",
            folder.display()
        );
    }
    Ok(given)
}

/// Measures floor and scan by turns, so that a slow moment of the machine strikes both.
fn compare(programs: &Programs, corpus: &Corpus, repeats: u32) -> Result<()> {
    println!("{} files, {} bytes; the least of {repeats} runs", corpus.files, corpus.bytes);
    println!("the bare parser: {}", programs.floor_says(corpus)?);
    let read = programs.files_read(corpus)?;
    if read != corpus.files {
        println!("note: the scan read {read} of these files, the floor all of them");
    }
    let mut floor = Usage::WORST;
    let mut scan = Usage::WORST;
    for _ in 0..repeats {
        floor = floor.least(programs.floor(corpus)?);
        scan = scan.least(programs.scan(corpus)?);
    }
    let rows = [floor.row("floor: bare parser", floor), scan.row("ringfence scan", floor)];
    print!("{}", table(["case", "CPU s", "wall s", "RSS MB", "CPU ÷ floor", "cores"], &rows));
    Ok(())
}
