//! The two programs that are compared: ringfence, and the bare parser.

use std::path::PathBuf;
use std::process::{Command, ExitStatus};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::corpus::Corpus;
use super::usage::{Usage, measure};
use crate::program::{cargo, line, program, succeed};
use crate::workspace::Workspace;

/// The two binaries, both built for release.
pub(crate) struct Programs {
    floor: PathBuf,
    ringfence: PathBuf,
}

/// The exit codes of a scan that saw its input: clean, findings, something unreadable.
pub(super) const SCANNED: [i32; 3] = [0, 1, 3];

impl Programs {
    /// Builds both, one after the other, so that neither gains a feature by the other's dependencies.
    pub(crate) fn build(workspace: &Workspace) -> Result<Self> {
        for package in ["ringfence", "xtask"] {
            succeed(cargo().args(["build", "--release", "--locked", "--package", package]))?;
        }
        let release = workspace.target.join("release");
        Ok(Self { floor: release.join("xtask"), ringfence: release.join("ringfence") })
    }

    /// How many files a scan says it read: a program that does nothing must not look fast.
    pub(crate) fn files_read(&self, corpus: &Corpus) -> Result<usize> {
        let mut command = self.scan_command(corpus);
        let line = line(&command);
        let output = command.output().with_context(|| format!("starting `{line}`"))?;
        ended_well(&line, output.status, &SCANNED)?;
        let read =
            files_in(&output.stdout).with_context(|| format!("reading what `{line}` printed"))?;
        ensure!(read > 0, "`{line}` read no file, so there is nothing to measure");
        Ok(read)
    }

    /// What the bare parser says of the corpus: files it gave up make its work too small.
    pub(crate) fn floor_says(&self, corpus: &Corpus) -> Result<String> {
        let output = self.floor_command(corpus).output().context("starting the bare parser")?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Measures the bare parser once.
    pub(crate) fn floor(&self, corpus: &Corpus) -> Result<Usage> {
        once(&mut self.floor_command(corpus), &[0])
    }

    /// Measures a scan once.
    pub(crate) fn scan(&self, corpus: &Corpus) -> Result<Usage> {
        once(&mut self.scan_command(corpus), &SCANNED)
    }

    fn floor_command(&self, corpus: &Corpus) -> Command {
        let mut command = program(&self.floor);
        command.arg("bench-floor").arg(&corpus.list);
        command
    }

    fn scan_command(&self, corpus: &Corpus) -> Command {
        let mut command = program(&self.ringfence);
        command.arg("scan").arg(&corpus.folder).args(["--output", "json"]);
        command
    }
}

/// Measures a program that must end with one of these codes.
pub(super) fn once(command: &mut Command, accepted: &[i32]) -> Result<Usage> {
    let line = line(command);
    let (usage, status) = measure(command).with_context(|| format!("measuring `{line}`"))?;
    ended_well(&line, status, accepted)?;
    Ok(usage)
}

fn ended_well(line: &str, status: ExitStatus, accepted: &[i32]) -> Result<()> {
    let well = status.code().is_some_and(|code| accepted.contains(&code));
    ensure!(well, "`{line}` ended with {status}, so there is nothing to measure");
    Ok(())
}

/// The number of files in the envelope of a scan.
fn files_in(report: &[u8]) -> Result<usize> {
    let report: Value = serde_json::from_slice(report).context("it is no JSON")?;
    let files = report.pointer("/inputs/files").and_then(Value::as_u64);
    let files = files.context("it has no number `inputs.files`")?;
    Ok(usize::try_from(files)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_files_is_read_from_the_envelope() {
        assert_eq!(files_in(br#"{"inputs":{"files":7}}"#).unwrap(), 7);
    }

    #[test]
    fn an_output_without_that_number_is_an_error() {
        for text in ["", "{}", r#"{"inputs":{"files":"7"}}"#] {
            assert!(files_in(text.as_bytes()).is_err(), "{text}");
        }
    }
}
