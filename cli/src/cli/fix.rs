//! What `fix` takes.

use std::path::PathBuf;

use checks::Version;
use clap::Args;
use jiff::civil::Date;

use super::shared::{RenderArguments, SettingsArguments};
use super::values::{Colour, PlainForm};

/// What to mend, how far, and what to write.
#[derive(Args, Debug)]
#[command(after_help = EXIT_CODES)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct FixArguments {
    /// Files and directories
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,

    /// Also make the edits that a person must look at
    #[arg(long)]
    pub(crate) review: bool,

    /// Print what would change as a unified diff, and write nothing
    #[arg(long, conflicts_with_all = ["check", "interactive"])]
    pub(crate) diff: bool,

    /// Write nothing, and exit with 1 if something would change
    #[arg(long, conflicts_with = "interactive")]
    pub(crate) check: bool,

    /// Show each edit, and ask before it is made
    #[arg(short, long)]
    pub(crate) interactive: bool,

    /// Mend what this check finds alone; may be repeated
    #[arg(long, value_name = "CHECK")]
    pub(crate) only: Vec<String>,

    #[command(flatten)]
    pub(crate) settings: SettingsArguments,

    #[command(flatten)]
    pub(crate) render: RenderArguments,

    /// Seconds that one rendering of a chart may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,

    /// The version of Kubernetes that the manifests are meant for [default: 1.34]
    #[arg(long, value_name = "VERSION")]
    pub(crate) kubernetes_version: Option<Version>,

    /// The form of the account
    #[arg(short, long, value_name = "FORM", default_value = "text")]
    pub(crate) output: PlainForm,

    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,

    /// The day on which exceptions are judged [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Date>,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  all edits that were asked for are made, or there is none
  1  with --check: something would change
  2  wrong usage or configuration
  3  something could not be read; the rest was mended
  4  nothing could be reached at all
  5  a fault of ringfence, such as a file that cannot be written";
