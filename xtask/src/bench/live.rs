//! A scan of a large cluster beside the bare JSON parser over the same pages.
//!
//! The cluster is a stub, a process of its own that writes pods while they are asked for, so that
//! its work and memory are not the scan's.

use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use super::usage::Usage;
use crate::program::{cargo, program, succeed};
use crate::table::table;
use crate::workspace::Workspace;

use super::programs::{SCANNED, once};

/// How large the cluster is.
#[derive(clap::Args)]
pub(crate) struct LiveArgs {
    /// Measure a scan of a large cluster instead, beside the bare JSON parser over its pages
    #[arg(long, conflicts_with_all = ["corpus", "small"])]
    pub(crate) live: bool,
    /// The pods of that cluster
    #[arg(long, value_name = "N", default_value_t = 100_000, requires = "live")]
    pods: usize,
    /// The workloads that they belong to
    #[arg(long, value_name = "N", default_value_t = 12_000, requires = "live")]
    workloads: usize,
    /// Serve the pods alone, without what owns them
    #[arg(long, requires = "live")]
    pods_only: bool,
    /// Compress the answers, as real API servers do; the floors are served plainly
    #[arg(long, requires = "live")]
    gzip: bool,
}

/// The ways to parse the pages, as the program that does it knows them, and for the table.
const FLOORS: [([&str; 2], &str); 4] = [
    (["memory", "ignored"], "floor: serde_json, nothing kept, from memory"),
    (["http", "ignored"], "floor: serde_json, nothing kept, over HTTP"),
    (["memory", "value"], "floor: serde_json::Value, from memory"),
    (["http", "value"], "floor: serde_json::Value, over HTTP"),
];

/// Builds the programs, measures them in turn and prints the table.
pub(crate) fn run(args: &LiveArgs, repeats: u32) -> Result<()> {
    let workspace = Workspace::read()?;
    for package in ["ringfence", "e2e"] {
        succeed(cargo().args(["build", "--release", "--locked", "--package", package]))?;
    }
    let bench = Bench::start(args, &workspace.target)?;
    let objects = bench.objects()?;
    let bytes = bench.bytes()?;
    println!("{objects} objects, {bytes} bytes of JSON; the least of {repeats} runs");
    let mut floors = [Usage::WORST; FLOORS.len()];
    let mut scan = Usage::WORST;
    for _ in 0..repeats {
        scan = scan.least(once(&mut bench.scan(), &SCANNED)?);
        for (floor, (words, _)) in floors.iter_mut().zip(FLOORS) {
            *floor = floor.least(once(&mut bench.floor(words), &[0])?);
        }
    }
    let [first, ..] = floors;
    let mut rows = vec![scan.row("ringfence scan", first)];
    rows.extend(floors.iter().zip(FLOORS).map(|(floor, (_, case))| floor.row(case, first)));
    print!("{}", table(["case", "CPU s", "wall s", "RSS MB", "CPU ÷ first", "cores"], &rows));
    let ratios = floors.map(|floor| format!("{:.2}", scan.ratio(floor)));
    println!("CPU of the scan ÷ each floor, from above: {}", ratios.join(", "));
    Ok(())
}

/// As much of a report as is asked for here.
#[derive(Deserialize)]
struct Report {
    inputs: Inputs,
}

#[derive(Deserialize)]
struct Inputs {
    objects: u64,
}

/// The stub, and what calls it.
struct Bench {
    stub: Child,
    port: String,
    size: [String; 3],
    release: PathBuf,
    kubeconfig: PathBuf,
}

impl Bench {
    fn start(args: &LiveArgs, target: &Path) -> Result<Self> {
        let release = target.join("release");
        let owners = if args.pods_only { "pods-only" } else { "owners" };
        let size = [args.pods.to_string(), args.workloads.to_string(), owners.to_owned()];
        let mut stub = program(release.join("stub-api-server"));
        stub.args(&size).arg(if args.gzip { "gzip" } else { "plain" });
        stub.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut stub = stub.spawn().context("starting the stub of an API server")?;
        let mut port = String::new();
        let out = stub.stdout.take().context("its output is a pipe")?;
        BufReader::new(out).read_line(&mut port)?;
        let port = port.trim().to_owned();
        let kubeconfig = target.join("bench").join("kubeconfig");
        let bench = Self { stub, port, size, release, kubeconfig };
        ensure!(!bench.port.is_empty(), "the stub of an API server ended at once");
        bench.write_kubeconfig()?;
        Ok(bench)
    }

    fn write_kubeconfig(&self) -> Result<()> {
        fs::create_dir_all(self.kubeconfig.parent().unwrap_or(&self.kubeconfig))?;
        let mut out = fs::File::create(&self.kubeconfig)?;
        writeln!(
            out,
            "apiVersion: v1\nkind: Config\ncurrent-context: bench\n\
             clusters: [{{name: bench, cluster: {{server: \"http://127.0.0.1:{}\"}}}}]\n\
             users: [{{name: bench, user: {{token: none}}}}]\n\
             contexts: [{{name: bench, context: {{cluster: bench, user: bench}}}}]",
            self.port
        )?;
        Ok(())
    }

    fn scan(&self) -> Command {
        let mut command = program(self.release.join("ringfence"));
        command.args(["scan", "--output", "json", "--kubeconfig"]).arg(&self.kubeconfig);
        command
    }

    fn floor(&self, words: [&str; 2]) -> Command {
        let mut command = program(self.release.join("live-floor"));
        command.args(words).arg(&self.port).args(&self.size);
        command
    }

    /// How many objects a scan says it listed: one that does nothing must not look fast. The report
    /// is read as it comes: a child's peak memory counts what this tool ever held.
    fn objects(&self) -> Result<u64> {
        let mut scan = self.scan().stdout(Stdio::piped()).spawn().context("starting the scan")?;
        let out = scan.stdout.take().context("its output is a pipe")?;
        let report: Result<Report, _> = serde_json::from_reader(BufReader::new(out));
        scan.wait()?;
        let objects = report.context("reading what the scan printed")?.inputs.objects;
        ensure!(objects > 0, "the scan listed nothing");
        Ok(objects)
    }

    /// How many bytes the pages have.
    fn bytes(&self) -> Result<u64> {
        let output = self.floor(["http", "ignored"]).output().context("starting the floor")?;
        let bytes = String::from_utf8_lossy(&output.stdout).trim().parse();
        bytes.context("the floor says no number of bytes")
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        // It ends with its standard input.
        drop(self.stub.stdin.take());
        self.stub.wait().ok();
    }
}
