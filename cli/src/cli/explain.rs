//! What `explain` takes.

use clap::{Args, ValueEnum};

use super::values::Colour;

/// Which check.
#[derive(Args, Debug)]
pub(crate) struct ExplainArguments {
    /// The id of a check; without one, all checks and profiles are listed
    #[arg(value_name = "CHECK")]
    pub(crate) check: Option<String>,

    /// Explain every check
    #[arg(long, conflicts_with = "check")]
    pub(crate) all: bool,

    /// The form of --all
    #[arg(short, long, value_name = "FORM", default_value = "text", requires = "all")]
    pub(crate) output: ExplainForm,

    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are honoured
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Colour,
}

/// The form of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainForm {
    /// Pages for a person
    Text,
    /// One file for a browser
    Html,
    /// An array for programs
    Json,
}
