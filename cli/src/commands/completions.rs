//! `ringfence completions`: what a shell completes.

use clap::CommandFactory;

use crate::cli::{Cli, CompletionsArguments};
use crate::exit::{Exit, Failure};

pub(crate) fn run(arguments: &CompletionsArguments) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "ringfence", &mut script);
    super::print_and_end(|out| out.write_all(&script))
}
