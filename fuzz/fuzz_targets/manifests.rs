//! Manifests from anywhere, all the way: read, judged by every check, written in every form.
//! Whatever the bytes, nothing panics, nothing hangs, and every object is accounted for.

#![no_main]

use std::collections::BTreeSet;

use collect::manifests::{Manifests, read_text};
use libfuzzer_sys::fuzz_target;
use model::Inventory;
use report::{Style, json, sarif, text};
use scan::{Config, Plan};

fuzz_target!(|bytes: &[u8]| {
    let all = read_text("fuzz.yaml", bytes.to_vec(), &|_| true);
    assert_eq!(all.inputs.objects, all.objects.len());
    let wanted = read_text("fuzz.yaml", bytes.to_vec(), &scan::wants);
    assert_eq!(all.inputs.objects, wanted.inputs.objects);
    assert_eq!(judge(all), judge(wanted), "what nobody reads changes no verdict");
});

fn judge(manifests: Manifests) -> usize {
    let config = Config::default();
    let plan = Plan {
        checks: config.enabled(),
        config: &config,
        today: jiff::civil::date(2026, 1, 1),
        kubernetes: checks::Version::DEFAULT,
        baseline: BTreeSet::new(),
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
