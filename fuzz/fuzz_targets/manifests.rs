//! Manifests from anywhere, all the way: read, judged by every check, written in every form.
//! Whatever the bytes, nothing panics, nothing hangs, and every object is accounted for.

#![no_main]

use std::collections::BTreeSet;

use collect::Reading;
use collect::manifests::read_text;
use libfuzzer_sys::fuzz_target;
use model::{Inputs, Inventory};
use report::{Style, json, sarif, text};
use scan::{Config, Plan};

fuzz_target!(|bytes: &[u8]| {
    let all = read_text("fuzz.yaml", bytes.to_vec(), &|_| true);
    assert_eq!(all.inputs.objects, all.objects.len());
    every_document_is_counted_once(bytes, &all.inputs);
    let wanted = read_text("fuzz.yaml", bytes.to_vec(), &scan::wants);
    assert_eq!(all.inputs.objects, wanted.inputs.objects);
    assert_eq!(judge(all), judge(wanted), "what nobody reads changes no verdict");
});

/// A list is one document and any number of objects; without one, and without escapes that could hide
/// one, the account is exact.
fn every_document_is_counted_once(bytes: &[u8], inputs: &Inputs) {
    if std::str::from_utf8(bytes).is_ok_and(|text| !text.contains("List") && !text.contains('\\')) {
        let skipped: usize = inputs.skipped.values().map(|skipped| skipped.documents).sum();
        let unreadable = inputs.unreadable.iter().filter(|it| it.line.is_some()).count();
        assert_eq!(inputs.documents, inputs.objects + skipped + unreadable);
    }
}

fn judge(manifests: Reading) -> usize {
    let config = Config::default();
    let plan = Plan {
        checks: config.enabled(),
        config: &config,
        today: jiff::civil::date(2026, 1, 1),
        kubernetes: checks::Version::DEFAULT,
        baseline: BTreeSet::new(),
        namespaces: BTreeSet::new(),
    };
    let report = scan::scan(&Inventory::new(manifests.objects), manifests.inputs, &plan);
    let mut written = Vec::new();
    json::write(&report, &mut written).expect("memory takes all");
    let known = json::fingerprints(&written).expect("it is a report");
    assert!(report.findings.iter().all(|finding| known.contains(&finding.fingerprint())));
    sarif::write(&report, &mut std::io::sink()).expect("a sink takes all");
    let mut page = Vec::new();
    text::write(&report, Style::PLAIN, true, &mut page).expect("memory takes all");
    assert!(!page.contains(&0x1b), "no name reaches the terminal as a command");
    report.findings.len()
}
