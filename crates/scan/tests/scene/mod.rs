//! A scan of some manifests on a fixed day.

use std::collections::BTreeSet;

use checks::Version;
use collect::manifests::read_text;
use finding::Report;
use jiff::civil::date;
use model::{Inputs, Inventory};
use scan::{Config, Plan};

/// Judges manifests of one file, `deploy/pods.yaml`.
pub(crate) fn scan(manifests: &str, config: &Config) -> Report {
    let manifests = read_text("deploy/pods.yaml", manifests.to_owned().into_bytes(), &|_| true);
    let inventory = Inventory::new(manifests.objects);
    let plan = Plan {
        checks: config.enabled(),
        config,
        today: date(2026, 11, 21),
        kubernetes: Version::DEFAULT,
        baseline: BTreeSet::new(),
        namespaces: BTreeSet::new(),
    };
    scan::scan(&inventory, Inputs::default(), &plan)
}
