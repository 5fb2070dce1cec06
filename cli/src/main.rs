//! The binary: reads the command line and the environment, calls a command, gives its exit code.
//!
//! ```text
//! argv ─▶ Cli ─▶ commands::<verb>::run ─▶ Exit
//! ```

mod cli;
mod commands;
mod exit;
mod output;
mod outputs;
mod terminal;
mod whole_file;

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use crate::cli::{Cli, Command};
use crate::exit::{Exit, Failure};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    match std::panic::catch_unwind(|| run(&cli.command)) {
        Ok(Ok(exit)) => exit.into(),
        Ok(Err(failure)) => terminal::complain(&failure),
        // The panic itself has said where and why.
        Err(_) => Exit::Fault.into(),
    }
}

fn run(command: &Command) -> Result<Exit, Failure> {
    match command {
        Command::Scan(arguments) => commands::scan::run(arguments),
        Command::Doctor(arguments) => commands::doctor::run(arguments),
        Command::Fix(arguments) => commands::fix::run(arguments),
        Command::Explain(arguments) => commands::explain::run(arguments),
        Command::Exceptions(arguments) => commands::exceptions::run(arguments),
        Command::Config(command) => commands::config::run(command),
        Command::Policy(command) => commands::policy::run(command),
        Command::Lsp(arguments) => commands::lsp::run(arguments),
        Command::Completions(arguments) => commands::completions::run(arguments),
        Command::Man => commands::man::run(),
    }
}

/// Help and version are asked for and go to standard output; the rest is wrong usage.
fn usage(error: &clap::Error) -> ExitCode {
    let printed = error.print();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion if printed.is_ok() => Exit::Clean.into(),
        _ => Exit::Usage.into(),
    }
}
