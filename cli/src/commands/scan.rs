//! `ringfence scan`: judges manifests, or a live cluster.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::Context;
use checks::{Check, Version};
use collect::Reading;
use collect::manifests::{self, Progress, Request};
use finding::{Report, Severity};
use indicatif::ProgressBar;
use model::{Inputs, Inventory};
use scan::{Config, Plan};

use super::baseline::Earlier;
use super::dump::Dump;
use super::explain::unknown_check;
use crate::cli::ScanArguments;
use crate::exit::{Exit, Failure};
use crate::output::Presentation;
use crate::outputs::Outputs;
use crate::terminal;

/// The file that holds what a user set.
const CONFIG: &str = "ringfence.yaml";

/// What the progress says.
const READING: &str = "reading {pos}/{len} files {wide_bar}";
const LISTING: &str = "listing the cluster: {human_pos} objects";

pub(crate) fn run(arguments: &ScanArguments) -> Result<Exit, Failure> {
    let config = config(arguments.config.as_deref())?;
    let checks = chosen(arguments, &config)?;
    let earlier = Earlier::of(arguments)?;
    let outputs = Outputs::begin(&arguments.output, arguments.color)?;
    let dump = arguments.dump.as_deref().map(Dump::begin).transpose()?;
    let mut reading = read(arguments, &config)?;
    dump.map_or(Ok(()), |dump| dump.write(&reading, &config))?;
    reading.unfold();
    let Reading { objects, inputs, reached } = reading;
    let today = arguments.today.unwrap_or_else(terminal::today);
    let mut plan = Plan {
        checks,
        config: &config,
        today,
        kubernetes: arguments.kubernetes_version.unwrap_or_else(|| version(&inputs)),
        baseline: BTreeSet::new(),
        namespaces: arguments.namespace.iter().cloned().collect(),
    };
    plan.baseline = earlier.findings(
        &plan,
        &excluded(arguments, &config),
        super::render::settings(arguments).as_ref(),
    )?;
    let inventory = Inventory::new(objects);
    let report = scan::scan(&inventory, inputs, &plan);
    // Memory goes back with the process; taking a large inventory apart first only costs time.
    std::mem::forget(inventory);
    outputs.write(|form, style, out| {
        let presentation = Presentation { style, all: arguments.all, day: today };
        form.write(&report, presentation, out)
    })?;
    let threshold = match arguments.fail_on {
        Some(threshold) => threshold.severity(),
        None => Some(config.fail_on.unwrap_or(Severity::High)),
    };
    let seen_all = report.coverage.gaps.is_empty() || !arguments.require_coverage;
    Ok(verdict(&report, threshold, reached, seen_all))
}

fn read(arguments: &ScanArguments, config: &Config) -> Result<Reading, Failure> {
    let live = arguments.paths.is_empty();
    let template = if live { LISTING } else { READING };
    let bar = terminal::progress(!arguments.no_progress, template);
    let reading = if live {
        super::live::read(arguments, &|came| bar.set_position(came as u64))
    } else {
        read_files(arguments, config, &bar)
    };
    bar.finish_and_clear();
    reading
}

fn read_files(
    arguments: &ScanArguments,
    config: &Config,
    bar: &ProgressBar,
) -> Result<Reading, Failure> {
    let request = Request {
        paths: arguments.paths.clone(),
        exclude: excluded(arguments, config),
        render: super::render::settings(arguments),
        ..Request::default()
    };
    let tell = |progress: Progress| {
        bar.set_length(progress.total as u64);
        bar.set_position(progress.done as u64);
    };
    let mut stdin = std::io::stdin();
    manifests::read(&request, &mut stdin, &scan::wants, &tell).map_err(Failure::usage)
}

/// The patterns of files that are passed over.
fn excluded(arguments: &ScanArguments, config: &Config) -> Vec<String> {
    config.exclude.iter().chain(&arguments.exclude).cloned().collect()
}

/// The version of the cluster, where one tells; the newest else.
pub(super) fn version(inputs: &Inputs) -> Version {
    let told = inputs.clusters.iter().filter_map(|cluster| cluster.version.as_deref());
    told.filter_map(|version| version.parse().ok()).min().unwrap_or(Version::DEFAULT)
}

fn verdict(report: &Report, threshold: Option<Severity>, reached: usize, seen_all: bool) -> Exit {
    let failing = threshold.map_or(0, |severity| report.summary.at_least(severity));
    let mut exit = Exit::Clean;
    if failing > 0 {
        exit = exit.max(Exit::Findings);
    }
    let failed = report.inputs.failed_lists().next().is_some();
    if failed || !report.inputs.unreadable.is_empty() || !seen_all {
        exit = exit.max(Exit::Unseen);
    }
    if reached == 0 {
        exit = exit.max(Exit::Unreachable);
    }
    exit
}

/// The checks that were asked for by name, and those of profiles unless they are switched off.
fn chosen(arguments: &ScanArguments, config: &Config) -> Result<Vec<&'static Check>, Failure> {
    let ScanArguments { check: ids, profile: profiles, .. } = arguments;
    let find = |id: &String| checks::find(id).ok_or_else(|| unknown_check(id));
    let mut chosen = ids.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    if !profiles.is_empty() || ids.is_empty() {
        let is_meant =
            |it: &&Check| profiles.is_empty() || profiles.iter().any(|profile| profile.chooses(it));
        let is_new = |it: &&Check| !chosen.iter().any(|known| known.id == it.id);
        let more: Vec<_> = config.enabled().into_iter().filter(is_meant).filter(is_new).collect();
        chosen.extend(more);
    }
    Ok(chosen)
}

#[allow(clippy::disallowed_methods, reason = "the binary reads the settings")]
pub(super) fn config(given: Option<&Path>) -> Result<Config, Failure> {
    let Some(path) = given.map(Path::to_owned).or_else(nearest_config) else {
        return Ok(Config::default());
    };
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("reading the settings in {}", path.display()))
        .map_err(Failure::usage)?;
    let config = Config::read(&path.display().to_string(), &text);
    config.context("reading the settings").map_err(Failure::usage)
}

fn nearest_config() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    here.ancestors().map(|folder| folder.join(CONFIG)).find(|path| path.is_file())
}
