//! What every target of the whole way shares.

use std::collections::BTreeSet;

use collect::Reading;
use finding::Report;
use model::Inventory;
use report::{Style, json, sarif, text};
use scan::{Config, Plan};

/// Judges what was read with every check and writes it in every form: nothing panics, the result is
/// its own baseline, and no text reaches the terminal as a command.
pub fn judge(reading: Reading) -> Report {
    let (_, report) = found(reading);
    let mut written = Vec::new();
    json::write(&report, &mut written).expect("memory takes all");
    let known = json::fingerprints(&written).expect("it is a report");
    assert!(report.findings.iter().all(|finding| known.contains(&finding.fingerprint())));
    sarif::write(&report, &mut std::io::sink()).expect("a sink takes all");
    let mut page = Vec::new();
    text::write(&report, Style::PLAIN, true, &mut page).expect("memory takes all");
    assert!(!page.contains(&0x1b), "no text reaches the terminal as a command");
    report
}

/// What every check finds in what was read.
pub fn found(mut reading: Reading) -> (Inventory, Report) {
    reading.unfold();
    let config = Config::default();
    let plan = Plan {
        checks: config.enabled(),
        config: &config,
        today: jiff::civil::date(2026, 1, 1),
        kubernetes: checks::Version::DEFAULT,
        baseline: BTreeSet::new(),
        namespaces: BTreeSet::new(),
    };
    let inventory = Inventory::new(reading.objects);
    let report = scan::scan(&inventory, reading.inputs, &plan);
    (inventory, report)
}
