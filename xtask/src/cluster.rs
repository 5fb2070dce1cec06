//! `cargo xtask cluster`: a real Kubernetes cluster, to try things in.
//!
//! Bringing it up, using it and taking it down is the package `cluster`, as the tests use it.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Subcommand;
use cluster::{Cluster, Options, PartStatus};

use crate::program::line;
use crate::table::table;
use crate::test::tools::{GO, NODE};

/// What is done with which cluster.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    action: Action,
    /// Tells clusters apart; several may run side by side
    #[arg(long, global = true, default_value = "default")]
    name: String,
}

#[derive(Subcommand)]
enum Action {
    /// Brings it up, after taking down an earlier one of the name
    Up(Up),
    /// Takes it down, or whatever is left of it
    Down,
    /// Says which parts run, since when, and where their logs are
    Status,
    /// Runs kubectl on it
    Kubectl(Words),
    /// Runs a program where it can reach the cluster
    Exec(Words),
}

#[derive(clap::Args)]
struct Up {
    /// With a node that runs pods, in a network of its own; needs root
    #[arg(long)]
    node: bool,
    /// Version of Kubernetes, such as v1.34.4 [default: the one of tests/cluster/go.mod]
    #[arg(long)]
    version: Option<String>,
}

#[derive(clap::Args)]
struct Words {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    words: Vec<OsString>,
}

/// Does it.
pub(crate) fn run(args: &Args) -> Result<()> {
    let name = args.name.as_str();
    match &args.action {
        Action::Up(asked) => up(name, asked),
        Action::Down => Cluster::clear(name),
        Action::Status => status(name),
        Action::Kubectl(kubectl) => {
            replace(Cluster::find(name)?.kubectl_command().args(&kubectl.words))
        }
        Action::Exec(exec) => {
            let (program, arguments) = exec.words.split_first().context("no program named")?;
            replace(Cluster::find(name)?.command(program).args(arguments))
        }
    }
}

fn up(name: &str, asked: &Up) -> Result<()> {
    GO.ensure()?;
    if asked.node {
        NODE.iter().try_for_each(crate::test::tools::Tool::ensure)?;
    }
    let (version, node) = (asked.version.clone(), asked.node);
    let cluster = Cluster::up(&Options { version, node, name: name.to_owned() })?.leave();
    let option = if name == "default" { String::new() } else { format!(" --name {name}") };
    println!("Kubernetes {} is up. Use it:\n", cluster.version());
    if node {
        println!("    cargo xtask cluster exec{option} -- COMMAND");
        println!("\nPods may run the image {}.", cluster.image());
    } else {
        println!("    export KUBECONFIG={}", cluster.kubeconfig().display());
    }
    println!("\n    cargo xtask cluster kubectl{option} -- get namespaces");
    println!("    cargo xtask cluster status{option}");
    println!("    cargo xtask cluster down{option}");
    Ok(())
}

fn status(name: &str) -> Result<()> {
    let cluster = Cluster::find(name).with_context(others)?;
    let rows: Vec<[String; 4]> = cluster.parts().iter().map(row).collect();
    println!("Kubernetes {} in {}\n", cluster.version(), cluster.folder().display());
    println!("{}", table(["part", "process", "since", "log"], &rows));
    if cluster.parts().iter().any(|part| part.pid.is_none()) {
        bail!("not every part runs");
    }
    Ok(())
}

/// Which clusters there are instead.
fn others() -> String {
    let names = Cluster::names().unwrap_or_default();
    if names.is_empty() {
        return "no cluster is up".to_owned();
    }
    format!("only these are up: {}", names.join(", "))
}

fn row(status: &PartStatus) -> [String; 4] {
    let pid = status.pid.map_or_else(|| "ended".to_owned(), |pid| pid.to_string());
    let age = status.since.filter(|_| status.pid.is_some()).and_then(|since| since.elapsed().ok());
    let age = age.map_or_else(String::new, |age| format!("{} s ago", age.as_secs()));
    [status.part.name().to_owned(), pid, age, status.log.display().to_string()]
}

/// Becomes the program, so that terminal, signals and exit code are its own.
fn replace(command: &mut Command) -> Result<()> {
    let error = command.exec();
    Err(error).with_context(|| format!("starting `{}`", line(command)))
}
