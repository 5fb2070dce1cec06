//! The workspace's own tool, `cargo xtask <verb>`: what a person or a machine runs while building ringfence.
//!
//! verb → workspace → what it found; each verb is a file of its own name.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer's tool reads files, starts programs and talks to a terminal"
)]

use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

mod bench;
mod cluster;
mod fuzz;
mod generated;
mod layers;
mod new_check;
mod package;
mod program;
mod prose;
mod table;
mod test;
mod workspace;

/// What a person or a machine runs while building ringfence.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct CommandLine {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Runs everything that must pass, installing what it needs, and prints a table of it
    Test(test::Args),
    /// Proves that arrows between crates point down, and that files form no circle
    Layers,
    /// Writes every generated file
    Gen(generated::Args),
    /// Starts a check: its Rust file, its Markdown file and two lines in its family's `mod.rs`
    NewCheck(new_check::Args),
    /// Fuzzes the parsers of outside bytes
    Fuzz(fuzz::Args),
    /// Proves that the Markdown names only paths and verbs that exist
    Prose,
    /// Brings a real Kubernetes cluster up, lets you use it, and takes it down
    Cluster(cluster::Args),
    /// Writes everything that a release is made of: archives, checksums, image, krew's manifest
    Package(package::Args),
    /// Measures a scan beside the bare YAML parser
    Bench(bench::Args),
    /// The bare YAML parser over a list of files: what `bench` compares with
    #[command(hide = true)]
    BenchFloor(bench::floor::Args),
}

fn main() -> ExitCode {
    match run(CommandLine::parse().verb) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(verb: Verb) -> anyhow::Result<()> {
    match verb {
        Verb::Test(args) => test::run(&args),
        Verb::Layers => layers::run(),
        Verb::Gen(args) => generated::run(&args),
        Verb::NewCheck(args) => new_check::run(&args),
        Verb::Fuzz(args) => fuzz::run(&args),
        Verb::Prose => prose::run(verbs()),
        Verb::Cluster(args) => cluster::run(&args),
        Verb::Package(args) => package::run(&args),
        Verb::Bench(args) => bench::run(&args),
        Verb::BenchFloor(args) => bench::floor::run(&args),
    }
}

/// The names of all verbs.
fn verbs() -> BTreeSet<String> {
    let command = CommandLine::command();
    let verbs = command.get_subcommands();
    verbs.map(|verb| verb.get_name().to_owned()).collect()
}
