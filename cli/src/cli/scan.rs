//! What `scan` takes.

use std::path::PathBuf;

use checks::Version;
use clap::Args;
use jiff::civil::Date;

use super::shared::{ClusterArguments, RenderArguments, SettingsArguments};
use super::values::{Baseline, Colour};
use crate::output::{Output, OutputParser};

/// What to judge, how, and what to write.
#[derive(Args, Debug)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ScanArguments {
    /// Files, directories and dumps; - is standard input; none means the cluster
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The form of the result, and the file it goes to, as in text,sarif=FILE; may be repeated. One
    /// form may go without a file to standard output, which stays quiet where all have files
    #[arg(short, long, value_name = "FORM[=FILE]", default_value = "text", value_delimiter = ',', value_parser = OutputParser)]
    pub(crate) output: Vec<Output>,

    /// An earlier JSON result, or a commit of Git as in git:origin/main: what was there does not fail
    /// the run again
    #[arg(long, value_name = "FILE|git:COMMIT")]
    pub(crate) baseline: Option<Baseline>,

    /// Run this check alone; may be repeated
    #[arg(long, value_name = "CHECK")]
    pub(crate) check: Vec<String>,

    #[command(flatten)]
    pub(crate) settings: SettingsArguments,

    /// The version of Kubernetes that verdicts are meant for [default: that of the cluster, else
    /// 1.34]
    #[arg(long, value_name = "VERSION")]
    pub(crate) kubernetes_version: Option<Version>,

    #[command(flatten)]
    pub(crate) render: RenderArguments,

    #[command(flatten)]
    pub(crate) cluster: ClusterArguments,

    /// Report on the objects of this namespace alone; may be repeated
    #[arg(short, long, value_name = "NAMESPACE")]
    pub(crate) namespace: Vec<String>,

    /// List these resources of the cluster alone, as in pods,deployments.apps
    #[arg(long, value_name = "RESOURCE", value_delimiter = ',', conflicts_with = "paths")]
    pub(crate) kinds: Vec<String>,

    /// Keep what the cluster listed in this file, without secrets, to scan it elsewhere
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub(crate) dump: Option<PathBuf>,

    /// Show every object and place in the text form
    #[arg(long)]
    pub(crate) all: bool,

    /// Exit with 3 also where something limits the verdicts
    #[arg(long)]
    pub(crate) require_coverage: bool,

    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,

    /// Draw no progress bar
    #[arg(long)]
    pub(crate) no_progress: bool,

    /// The day on which exceptions are judged [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Date>,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  no open finding from --fail-on on
  1  findings
  2  wrong usage or configuration
  3  something could not be read or listed; the rest was judged
  4  nothing could be reached at all
  5  a fault of ringfence
Where several hold: 5 over 4 over 2 over 3 over 1 over 0.";
