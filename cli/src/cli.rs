//! The command line, declared once: help, completions and the man page come from here. What a command takes
//! stands in its own room.
#![allow(clippy::doc_markdown, reason = "help texts are plain text, not Markdown")]

mod config;
mod doctor;
mod exceptions;
mod explain;
mod fix;
mod lsp;
mod policy;
mod scan;
mod shared;
mod values;

use clap::{Args, Parser, Subcommand};

pub(crate) use config::{ConfigCommand, ConfigExplainArguments};
pub(crate) use doctor::DoctorArguments;
pub(crate) use exceptions::ExceptionsArguments;
pub(crate) use explain::{ExplainArguments, ExplainForm};
pub(crate) use fix::FixArguments;
pub(crate) use lsp::LspArguments;
pub(crate) use policy::PolicyCommand;
pub(crate) use scan::ScanArguments;
pub(crate) use shared::{ClusterArguments, RenderArguments, SettingsArguments};
pub(crate) use values::{Baseline, Colour, PlainForm};

/// Says what is wrong in a cluster, what it means and what to fix first.
#[derive(Debug, Parser)]
#[command(name = "ringfence", version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Judge a cluster, or manifests: files, directories, or - for standard input
    Scan(Box<ScanArguments>),
    /// Mend manifests: the safe edits, or with --review all that a machine can make
    Fix(FixArguments),
    /// Say how well a scan could see a cluster: way, version, permissions, clock
    Doctor(DoctorArguments),
    /// Explain one check: risk, evidence, fix, mappings
    Explain(ExplainArguments),
    /// List the exceptions: which cover what, and which are unused, expired or invalid
    Exceptions(Box<ExceptionsArguments>),
    /// Say what the settings are, and why; begin a ringfence.yaml
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Sign and verify what settings may not loosen
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// Serve an editor: findings as they are typed, what they mean, and the edits that mend them
    Lsp(LspArguments),
    /// Print the completions for a shell
    Completions(CompletionsArguments),
    /// Print the man page
    Man,
}

/// Which shell.
#[derive(Args, Debug)]
pub(crate) struct CompletionsArguments {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}
