//! What `lsp` takes.

use checks::Version;
use clap::Args;
use jiff::civil::Date;

use super::shared::SettingsArguments;

/// How an editor's files are judged. The protocol is spoken on standard input and output.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXIT_CODES)]
pub(crate) struct LspArguments {
    #[command(flatten)]
    pub(crate) settings: SettingsArguments,

    /// The version of Kubernetes that verdicts are meant for [default: 1.34]
    #[arg(long, value_name = "VERSION")]
    pub(crate) kubernetes_version: Option<Version>,

    /// The day on which exceptions are judged [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) today: Option<Date>,

    /// Standard input and output, which is the only way there is; many editors say it
    #[arg(long)]
    pub(crate) stdio: bool,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  the editor asked for the end
  1  the editor left without asking, as the protocol has it
  2  wrong usage, or what came was not the protocol
  5  a fault of ringfence";
