//! What `exceptions` takes.

use clap::Args;

use super::scan::ScanArguments;

/// Which exceptions.
#[derive(Args, Debug)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct ExceptionsArguments {
    /// List those that come with ringfence, and judge nothing
    #[arg(long)]
    pub(crate) shipped: bool,

    #[command(flatten)]
    pub(crate) scan: ScanArguments,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  every exception can be used
  1  one has expired or is invalid
  2  wrong usage or configuration
  3  something could not be read or listed; the rest was judged
  4  nothing could be reached at all";
