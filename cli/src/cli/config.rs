//! What `config` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::shared::SettingsArguments;
use super::values::{Colour, PlainForm};

/// What about the settings.
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Say what a setting is, where that comes from, and what else it may be
    Explain(ConfigExplainArguments),
    /// Write a ringfence.yaml to begin with
    Init {
        /// Where to; - is standard output; nothing is overwritten
        #[arg(value_name = "PATH", default_value = "ringfence.yaml")]
        path: PathBuf,
    },
    /// Print the JSON Schema of ringfence.yaml, for editors
    Schema,
}

/// Which setting.
#[derive(Args, Debug)]
pub(crate) struct ConfigExplainArguments {
    /// A key with dots, as in failOn or checks.root-container.severity; without one, all settings
    /// that somebody set
    #[arg(value_name = "KEY")]
    pub(crate) key: Option<String>,

    #[command(flatten)]
    pub(crate) settings: SettingsArguments,

    /// The form of the result
    #[arg(short, long, value_name = "FORM", default_value = "text")]
    pub(crate) output: PlainForm,

    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,
}
