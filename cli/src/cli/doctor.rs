//! What `doctor` takes.

use clap::Args;

use super::shared::ClusterArguments;
use super::values::{Colour, PlainForm};

/// Which cluster to look at, and what to write.
#[derive(Args, Debug)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct DoctorArguments {
    #[command(flatten)]
    pub(crate) cluster: ClusterArguments,

    /// Ask about a scan of this namespace; may be repeated
    #[arg(short, long, value_name = "NAMESPACE")]
    pub(crate) namespace: Vec<String>,

    /// Print the role that a scan needs, and call no cluster
    #[arg(long)]
    pub(crate) role: bool,

    /// The form of the result
    #[arg(short, long, value_name = "FORM", default_value = "text")]
    pub(crate) output: PlainForm,

    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  a scan sees all that it needs
  2  wrong usage or kubeconfig
  3  a scan runs, but does not see all
  4  the cluster cannot be reached";
