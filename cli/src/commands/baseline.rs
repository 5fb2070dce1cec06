//! `ringfence scan --baseline`: what was there before, from an earlier result or from Git.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, bail};
use collect::manifests;
use collect::render::Settings;
use collect::revision::{self, Past, Revision};
use finding::{Fingerprint, Report};
use model::Inventory;
use scan::policy::hold::Overruled;
use scan::{Config, Origin, Plan};
use tempfile::TempDir;

use crate::cli::{Baseline, ScanArguments};
use crate::exit::Failure;
use crate::terminal;

/// What was there before.
pub(crate) enum Earlier {
    /// The findings of an earlier result.
    Findings(BTreeSet<Fingerprint>),
    /// The paths at a commit, to be judged as those of today are.
    Paths { revision: Revision, past: Past, folder: TempDir },
}

impl Earlier {
    /// Fetches it, before anything is judged, unless a policy forbids it.
    pub(crate) fn of(arguments: &ScanArguments, config: &Config) -> Result<Self, Failure> {
        match arguments.baseline.as_ref().filter(|_| is_allowed(config)) {
            None => Ok(Self::Findings(BTreeSet::new())),
            Some(Baseline::File(path)) => findings(path).map(Self::Findings),
            Some(Baseline::Git(revision)) => Self::at(revision, arguments),
        }
        .map_err(Failure::usage)
    }

    fn at(revision: &Revision, arguments: &ScanArguments) -> anyhow::Result<Self> {
        let paths = &arguments.paths;
        if paths.is_empty() {
            bail!(
                "--baseline git: compares files; name their paths, or give an earlier JSON result"
            );
        }
        if paths.iter().any(|path| path.as_os_str() == "-") {
            bail!("standard input has no past in Git; give an earlier JSON result as the baseline");
        }
        let folder = tempfile::tempdir().context("making a folder for temporary files")?;
        let past = revision::copy(revision, paths, folder.path())
            .with_context(|| format!("reading the baseline from Git, at {revision}"))?;
        Ok(Self::Paths { revision: revision.clone(), past, folder })
    }

    /// The findings that were there, by the plan that judges those of today.
    pub(crate) fn findings(
        self,
        plan: &Plan<'_>,
        exclude: &[String],
        render: Option<&Settings>,
    ) -> Result<BTreeSet<Fingerprint>, Failure> {
        let (revision, past, folder) = match self {
            Self::Findings(findings) => return Ok(findings),
            Self::Paths { revision, past, folder } => (revision, past, folder),
        };
        let reading = manifests::read_moved(&past.moved, exclude, render, &scan::wants);
        let mut reading = reading.map_err(Failure::usage)?;
        drop(folder);
        let unreadable = reading.inputs.unreadable.len();
        tell(&revision, past.gaps, unreadable);
        reading.unfold();
        let Report { findings, .. } =
            scan::scan(&Inventory::new(reading.objects), reading.inputs, plan);
        Ok(findings.iter().map(finding::Finding::fingerprint).collect())
    }
}

/// Whether no policy forbids the baseline that is given; if one does, that is said.
fn is_allowed(config: &Config) -> bool {
    let Some(policy) = config.baseline_forbidden_by.clone() else { return true };
    let (key, holds) = ("baseline".to_owned(), "every finding counts".to_owned());
    let overruled = Overruled { key, origin: Origin::Flag("--baseline"), policy, holds };
    terminal::remark(&overruled.to_string());
    false
}

/// Says what the baseline lacks: whatever stands there counts as new.
fn tell(revision: &Revision, gaps: Vec<String>, unreadable: usize) {
    for gap in gaps {
        terminal::remark(&format!("baseline {revision}: {gap}; what it holds counts as new"));
    }
    if unreadable > 0 {
        let places = if unreadable == 1 { "place" } else { "places" };
        let said = format!("{unreadable} {places} cannot be read; findings there count as new");
        terminal::remark(&format!("baseline {revision}: {said}"));
    }
}

#[allow(clippy::disallowed_methods, reason = "the binary reads the baseline")]
fn findings(path: &Path) -> anyhow::Result<BTreeSet<Fingerprint>> {
    let doing = || format!("reading the baseline {}", path.display());
    let text = std::fs::read(path).with_context(doing)?;
    report::json::fingerprints(&text).with_context(doing)
}
