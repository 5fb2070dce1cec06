//! `cargo xtask fuzz`: libFuzzer over the parsers of outside bytes, on the stable compiler.
//!
//! A new target is `fuzz/fuzz_targets/<name>.rs`, its `[[bin]]` in `fuzz/Cargo.toml`, and inputs to start from
//! in `fuzz/seeds/<name>/`, where an input that once crashed stays for good.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::program::{cargo, line, program, succeed};
use crate::workspace::{Workspace, root};

/// What `fuzz` is asked to do.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Fuzz this target alone
    target: Option<String>,
    /// Seconds for each target
    #[arg(long, value_name = "N", default_value_t = 60)]
    seconds: u32,
    /// Give the target this one input instead of fuzzing it
    #[arg(long, value_name = "FILE", requires = "target")]
    replay: Option<PathBuf>,
}

/// Coverage and comparison tracing by LLVM's own pass, which the stable compiler accepts; no address sanitizer,
/// as our code has no unsafe block. Overflow and debug assertions turn silent faults into crashes.
const FLAGS: &[&str] = &[
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
    "-Cdebug-assertions",
    "-Coverflow-checks",
    "--cfg=fuzzing",
];

/// Bounds for one input: what exceeds them counts as a crash.
const LIMITS: [&str; 2] = ["-rss_limit_mb=2048", "-timeout=20"];

/// Fuzzes the targets asked for, or replays one input.
pub(crate) fn run(args: &Args) -> Result<()> {
    let all = targets(&root().join("fuzz/fuzz_targets"))?;
    let chosen = match &args.target {
        None => all,
        Some(name) if all.contains(name) => vec![name.clone()],
        Some(name) => bail!("no fuzz target `{name}`; there are: {}", all.join(", ")),
    };
    let folder = Workspace::read()?.target.join("fuzz");
    let binaries = build(&folder)?;
    match &args.replay {
        None => fuzz(&folder, &binaries, &chosen, args.seconds),
        Some(input) => chosen.iter().try_for_each(|name| {
            let input = std::path::absolute(input)?;
            succeed(program(binaries.join(name)).args(LIMITS).arg(input))
        }),
    }
}

/// Fuzzes every target for so many seconds each.
pub(crate) fn every_target(seconds: u32) -> Result<()> {
    run(&Args { target: None, seconds, replay: None })
}

/// The targets in the folder, sorted; none at all is an error, as nothing would be proved.
fn targets(folder: &Path) -> Result<Vec<String>> {
    let mut targets = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            targets.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    if targets.is_empty() {
        bail!("no fuzz target found in {}", folder.display());
    }
    targets.sort();
    Ok(targets)
}

/// Builds every target and gives the folder of the binaries.
fn build(folder: &Path) -> Result<PathBuf> {
    // Named even though it is the host's: with a target, build scripts stay free of the flags.
    let triple = host()?;
    let mut command = cargo();
    command
        .args(["build", "--release", "--locked", "--bins"])
        .args(["--manifest-path", "fuzz/Cargo.toml", "--target", &triple])
        .arg("--target-dir")
        .arg(folder)
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", FLAGS.join(" "));
    succeed(&mut command)?;
    Ok(folder.join(triple).join("release"))
}

fn host() -> Result<String> {
    let output = program("rustc").arg("-vV").output().context("asking rustc for its host")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("`rustc -vV` names no host")
}

fn fuzz(folder: &Path, binaries: &Path, targets: &[String], seconds: u32) -> Result<()> {
    let mut failed = Vec::new();
    for name in targets {
        match fuzz_one(folder, binaries, name, seconds) {
            Ok(summary) => println!("fuzz {name}: {summary}"),
            Err(error) => {
                eprintln!("fuzz {name}: {error:#}");
                failed.push(name.as_str());
            }
        }
    }
    if !failed.is_empty() {
        bail!("fuzzing failed: {}", failed.join(", "));
    }
    Ok(())
}

/// Runs one target to its end, its output kept in a log, and gives the log's summary.
fn fuzz_one(folder: &Path, binaries: &Path, name: &str, seconds: u32) -> Result<String> {
    let binary = binaries.join(name);
    if !binary.is_file() {
        bail!("fuzz/Cargo.toml has no [[bin]] named `{name}`");
    }
    fs::create_dir_all(folder.join("log"))?;
    let log = folder.join("log").join(name);
    let mut command = fuzzer(folder, &binary, name, seconds)?;
    let output = File::create(&log)?;
    let status = command.stdout(output.try_clone()?).stderr(output).status();
    let status = status.with_context(|| format!("starting `{}`", line(&command)))?;
    let text = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    if !status.success() {
        bail!(
            "{status}\n{}\nthe whole log: {}\nonce more: cargo xtask fuzz {name} --replay FILE",
            tail(&text),
            log.display()
        );
    }
    summary(&text).context("libFuzzer ended without its summary")
}

fn fuzzer(folder: &Path, binary: &Path, name: &str, seconds: u32) -> Result<Command> {
    let corpus = folder.join("corpus").join(name);
    let artifacts = folder.join("artifacts").join(name);
    fs::create_dir_all(&corpus)?;
    fs::create_dir_all(&artifacts)?;
    let mut command = program(binary);
    command.env("RUST_BACKTRACE", "0"); // a replay tells more
    command.args(LIMITS).arg(format!("-max_total_time={seconds}"));
    command.arg(format!("-artifact_prefix={}/", artifacts.display()));
    command.arg(corpus); // the first folder is written to, the others only read
    let seeds = root().join("fuzz/seeds").join(name);
    if seeds.is_dir() {
        command.arg(seeds);
    }
    Ok(command)
}

/// The line in which libFuzzer gives its runs, its coverage and the size of its corpus.
fn summary(log: &str) -> Option<String> {
    let line = log.lines().rev().find(|line| line.contains("DONE"))?;
    Some(line.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The last lines of a log, which hold the panic and the name of the input.
fn tail(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_target_at_all_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let error = targets(folder.path()).unwrap_err();
        assert!(error.to_string().starts_with("no fuzz target found"));
    }

    #[test]
    fn targets_are_sorted() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["yaml.rs", "audit.rs", "README.md"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(targets(folder.path()).unwrap(), ["audit", "yaml"]);
    }

    #[test]
    fn the_summary_is_the_line_libfuzzer_ends_with() {
        let log = "#2\tINITED cov: 9\n#80\tDONE   cov: 13 ft: 13\nDone 80 runs in 31 second(s)\n";
        assert_eq!(summary(log).unwrap(), "#80 DONE cov: 13 ft: 13");
    }
}
