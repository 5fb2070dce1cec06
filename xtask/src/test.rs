//! `cargo xtask test`: every step that must pass, each in turn, and a table of how it went.
//!
//! A new step is one line in `STEPS`. A failing step fails the whole, and the steps after it still run; a step
//! that does not run says why in the table.

mod dependency_rules;
pub(crate) mod tools;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use cluster::Go;

use crate::program::{cargo, succeed, works};
use crate::table::table;
use crate::workspace::Workspace;
use crate::{fuzz, generated, layers};
use tools::{
    BUSYBOX, CHROMIUM, CLIPPY, CMARK, COMPILER, CONTAINERD, CURL, GIT, GO, IP, JQ, MUSL, NEOVIM,
    NETWORK_PLUGINS, NSENTER, OPENSSL, PIP, RUNC, RUSTFMT, STATIC_TARGET, Tool,
};

/// What `test` is asked to do.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run this step alone; may be given several times
    #[arg(long, value_name = "STEP", value_parser = step_names())]
    only: Vec<String>,
    /// Name the steps and run none
    #[arg(long)]
    list: bool,
    /// Seconds for each fuzz target
    #[arg(long, value_name = "N", default_value_t = 30)]
    fuzz_seconds: u32,
    /// Also look for known vulnerabilities among the dependencies, which needs the network
    #[arg(long)]
    with_advisories: bool,
}

/// One thing that must pass, and the programs it needs.
struct Step {
    name: &'static str,
    needs: &'static [Tool],
    run: fn(&Args) -> Result<Outcome>,
}

/// How a step that did not fail went.
enum Outcome {
    Passed,
    NotRun(String),
}

#[rustfmt::skip] // one line a step
const STEPS: &[Step] = &[
    Step { name: "fmt", needs: &[RUSTFMT], run: |_| pass(&["fmt", "--all", "--check"]) },
    Step { name: "clippy", needs: &[CLIPPY], run: |_| pass(&["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]) },
    Step { name: "layers", needs: &[], run: |_| layers::run().map(passed) },
    Step { name: "gen", needs: &[], run: |_| generated::check().map(passed) },
    Step { name: "unit", needs: &[], run: |_| pass(&["test", "--workspace", "--exclude", "e2e", "--locked", "--no-fail-fast"]) },
    Step { name: "deny", needs: &[PIP], run: |_| dependency_rules::check(&["bans", "licenses", "sources"]).map(passed) },
    Step { name: "advisories", needs: &[PIP], run: advisories },
    Step { name: "release", needs: &[], run: |_| pass(&["build", "--release", "--locked"]) },
    Step { name: "e2e", needs: &[GIT, OPENSSL], run: |_| package("e2e") },
    Step { name: "reader", needs: &[GO], run: |_| pass_with_go(&["test", "--package", "reader", "--features", "go", "--locked"]) },
    Step { name: "cluster", needs: &[GO, CONTAINERD, RUNC, NETWORK_PLUGINS, IP, NSENTER, BUSYBOX], run: |_| as_root("cluster") },
    Step { name: "render", needs: &[GO], run: |_| pass_with_go(&["test", "--package", "render", "--features", "real", "--locked"]) },
    Step { name: "live", needs: &[GO], run: |_| pass_with_go(&["test", "--package", "live", "--features", "real", "--locked", "--", "--test-threads", "1"]) },
    Step { name: "consumers", needs: &[GO, PIP, CHROMIUM, CMARK, NEOVIM], run: |_| pass_with_go(&["test", "--package", "consumers", "--features", "real", "--locked", "--", "--test-threads", "1"]) },
    Step { name: "tollgate", needs: &[GO, PIP, GIT, CURL, JQ, MUSL, STATIC_TARGET, CONTAINERD, RUNC], run: |_| as_root("tollgate") },
    Step { name: "fuzz", needs: &[COMPILER], run: |args| fuzz::every_target(args.fuzz_seconds).map(passed) },
];

/// Runs the steps asked for and prints the table; an error where any failed.
pub(crate) fn run(args: &Args) -> Result<()> {
    if args.list {
        println!("{}", STEPS.iter().map(|step| step.name).collect::<Vec<_>>().join("\n"));
        return Ok(());
    }
    let asked = STEPS.iter().filter(|step| args.ask_for(step));
    let records: Vec<Record> = asked.map(|step| step.record(args)).collect();
    let rows: Vec<[String; 4]> = records.iter().map(Record::row).collect();
    println!("\n{}", table(["step", "seconds", "result", "note"], &rows));
    let failed = records.iter().filter(|record| record.outcome.is_err()).count();
    if failed > 0 {
        bail!("{failed} of {} steps failed", records.len());
    }
    Ok(())
}

impl Args {
    fn ask_for(&self, step: &Step) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == step.name)
    }
}

/// What the table says of one step.
struct Record {
    name: &'static str,
    time: Duration,
    outcome: Result<Outcome>,
}

impl Step {
    fn record(&self, args: &Args) -> Record {
        eprintln!("\n== {}", self.name);
        let start = Instant::now();
        let ready = self.needs.iter().try_for_each(Tool::ensure);
        let outcome = ready.and_then(|()| (self.run)(args));
        if let Err(error) = &outcome {
            eprintln!("{}: {error:#}", self.name);
        }
        Record { name: self.name, time: start.elapsed(), outcome }
    }
}

impl Record {
    fn row(&self) -> [String; 4] {
        let (result, note) = match &self.outcome {
            Ok(Outcome::Passed) => ("passed", String::new()),
            Ok(Outcome::NotRun(why)) => ("not run", why.clone()),
            Err(error) => ("FAILED", format!("{error:#}")),
        };
        let seconds = format!("{:.1}", self.time.as_secs_f64());
        [self.name.to_owned(), seconds, result.to_owned(), note]
    }
}

fn pass(arguments: &[&str]) -> Result<Outcome> {
    succeed(cargo().args(arguments)).map(passed)
}

/// As [`pass`], and what runs finds a Go that is new enough before any other.
fn pass_with_go(arguments: &[&str]) -> Result<Outcome> {
    let mut cargo = cargo();
    Go::find()?.lend(&mut cargo);
    succeed(cargo.args(arguments)).map(passed)
}

/// The tests of a package that start containers: only root may make their networks and cgroups.
fn as_root(name: &str) -> Result<Outcome> {
    if !works(&["sh", "-c", "test $(id -u) = 0"]) {
        bail!("containers need root: run `cargo xtask test --only {name}` as root");
    }
    pass_with_go(&["test", "--package", name, "--features", "real", "--locked"])
}

fn passed((): ()) -> Outcome {
    Outcome::Passed
}

fn advisories(args: &Args) -> Result<Outcome> {
    if !args.with_advisories {
        return Ok(Outcome::NotRun("needs the network; ask with --with-advisories".to_owned()));
    }
    dependency_rules::check(&["advisories"]).map(passed)
}

/// The tests of one package, where the workspace has it.
fn package(name: &str) -> Result<Outcome> {
    if Workspace::read()?.member(name).is_none() {
        return Ok(Outcome::NotRun(format!("the workspace has no package `{name}`")));
    }
    pass(&["test", "--package", name, "--locked"])
}

fn step_names() -> clap::builder::PossibleValuesParser {
    STEPS.iter().map(|step| step.name).collect::<Vec<_>>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(run: fn(&Args) -> Result<Outcome>) -> [String; 4] {
        let args = Args { only: Vec::new(), list: false, fuzz_seconds: 1, with_advisories: false };
        Step { name: "step", needs: &[], run }.record(&args).row()
    }

    #[test]
    fn a_failing_step_says_so_with_its_cause() {
        let row = record(|_| bail!("broken"));
        assert_eq!([&row[0], &row[2], &row[3]], ["step", "FAILED", "broken"]);
    }

    #[test]
    fn a_step_that_does_not_run_says_why() {
        let row = record(advisories);
        assert_eq!(row[2], "not run");
        assert!(row[3].contains("--with-advisories"));
    }

    #[test]
    fn an_unknown_step_is_refused() {
        use clap::Parser;
        #[derive(Parser)]
        struct Line {
            #[command(flatten)]
            args: Args,
        }
        assert!(Line::try_parse_from(["test", "--only", "nonsense"]).is_err());
        assert!(Line::try_parse_from(["test", "--only", "fmt"]).is_ok());
    }
}
