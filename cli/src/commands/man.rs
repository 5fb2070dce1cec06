//! `ringfence man`: the man page.

use clap::CommandFactory;

use crate::cli::Cli;
use crate::exit::{Exit, Failure};

/// One page for the program and, behind it, one for each verb.
pub(crate) fn run() -> Result<Exit, Failure> {
    let mut command = Cli::command();
    command.build();
    super::print_and_end(|out| {
        clap_mangen::Man::new(command.clone()).render(out)?;
        let verbs = command.get_subcommands().filter(|verb| verb.get_name() != "help");
        for verb in verbs {
            clap_mangen::Man::new(verb.clone()).render(out)?;
        }
        Ok(())
    })
}
