//! `ringfence scan`: judges manifests, or a live cluster.

use std::collections::BTreeSet;

use checks::{Check, Version};
use collect::Reading;
use collect::manifests::{self, Progress, Request};
use collect::render::Settings;
use finding::{Report, Severity};
use indicatif::ProgressBar;
use jiff::civil::Date;
use model::{Inputs, Inventory};
use scan::{Config, Plan};

use super::baseline::Earlier;
use super::dump::Dump;
use super::explain::unknown_check;
use super::settings;
use crate::cli::ScanArguments;
use crate::exit::{Exit, Failure};
use crate::output::Presentation;
use crate::outputs::Outputs;
use crate::terminal;

/// What the progress says.
const READING: &str = "reading {pos}/{len} files {wide_bar}";
const LISTING: &str = "listing the cluster: {human_pos} objects";

/// What a scan came to.
pub(crate) struct Judged {
    pub(crate) report: Report,
    pub(crate) day: Date,
    config: Config,
    reached: usize,
}

pub(crate) fn run(arguments: &ScanArguments) -> Result<Exit, Failure> {
    let outputs = Outputs::begin(&arguments.output, arguments.color)?;
    let Judged { report, config, day, reached } = judge(arguments)?;
    outputs.write(|form, style, out| {
        let presentation = Presentation { style, all: arguments.all, day };
        form.write(&report, presentation, out)
    })?;
    let seen_all = report.coverage.gaps.is_empty() || !arguments.require_coverage;
    Ok(verdict(&report, config.fail_on, reached, seen_all))
}

/// Reads what is meant, and judges it.
pub(crate) fn judge(arguments: &ScanArguments) -> Result<Judged, Failure> {
    let day = arguments.today.unwrap_or_else(terminal::today);
    let config = settings::load(&arguments.settings, day)?;
    let checks = chosen(arguments, &config)?;
    let earlier = Earlier::of(arguments, &config)?;
    let dump = arguments.dump.as_deref().map(Dump::begin).transpose()?;
    let render = super::render::settings(
        &arguments.render,
        arguments.cluster.timeout,
        arguments.kubernetes_version,
    );
    let mut reading = read(arguments, &config, render.as_ref())?;
    dump.map_or(Ok(()), |dump| dump.write(&reading, &config))?;
    reading.unfold();
    let Reading { objects, inputs, reached } = reading;
    let mut plan = Plan {
        checks,
        config: &config,
        today: day,
        kubernetes: arguments.kubernetes_version.unwrap_or_else(|| version(&inputs)),
        baseline: BTreeSet::new(),
        namespaces: arguments.namespace.iter().cloned().collect(),
    };
    plan.baseline = earlier.findings(&plan, &config.exclude, render.as_ref())?;
    let inventory = Inventory::new(objects);
    let report = scan::scan(&inventory, inputs, &plan);
    // Memory goes back with the process; taking a large inventory apart first only costs time.
    std::mem::forget(inventory);
    Ok(Judged { report, day, config, reached })
}

impl Judged {
    /// How far the input could be seen, whatever was found in it.
    pub(crate) fn sight(&self) -> Exit {
        verdict(&self.report, None, self.reached, true)
    }
}

fn read(
    arguments: &ScanArguments,
    config: &Config,
    render: Option<&Settings>,
) -> Result<Reading, Failure> {
    let live = arguments.paths.is_empty();
    let template = if live { LISTING } else { READING };
    let bar = terminal::progress(!arguments.no_progress, template);
    let reading = if live {
        super::live::read(arguments, &|came| bar.set_position(came as u64))
    } else {
        read_files(arguments, config, render, &bar)
    };
    bar.finish_and_clear();
    reading
}

fn read_files(
    arguments: &ScanArguments,
    config: &Config,
    render: Option<&Settings>,
    bar: &ProgressBar,
) -> Result<Reading, Failure> {
    let request = Request {
        paths: arguments.paths.clone(),
        exclude: config.exclude.clone(),
        render: render.cloned(),
        ..Request::default()
    };
    let tell = |progress: Progress| {
        bar.set_length(progress.total as u64);
        bar.set_position(progress.done as u64);
    };
    let mut stdin = std::io::stdin();
    manifests::read(&request, &mut stdin, &scan::wants, &tell).map_err(Failure::usage)
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

/// The checks that were asked for by name, and those of profiles unless they are switched off; without
/// either, all that the settings choose. What must run always does.
fn chosen(arguments: &ScanArguments, config: &Config) -> Result<Vec<&'static Check>, Failure> {
    let find = |id: &String| checks::find(id).ok_or_else(|| unknown_check(id));
    let mut chosen = arguments.check.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    let alone = !chosen.is_empty() && arguments.settings.profile.is_empty();
    let is_meant = |it: &&Check| !alone || config.mandatory.contains(it.id);
    let is_new = |it: &&Check| !chosen.iter().any(|known| known.id == it.id);
    let more: Vec<_> = config.enabled().into_iter().filter(is_meant).filter(is_new).collect();
    chosen.extend(more);
    Ok(chosen)
}
