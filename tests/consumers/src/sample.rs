//! A scan with every state and with names that would be more than names.

use e2e::{Folder, Run};
use serde_json::Value;

/// Each name is an attack on one form or another; one finding is accepted, and a document is broken.
const HOSTILE: &str = include_str!("../../../crates/report/tests/inputs/hostile.yaml");

const FILE: &str = "hostile.yaml";

/// A folder with the manifests and with a baseline that knows the first of them.
pub struct Sample(Folder);

impl Sample {
    /// Makes it.
    pub fn new() -> Self {
        let (first, _) = HOSTILE.split_once("---\n").expect("there are several documents");
        let folder = Folder::with("known.yaml", first);
        let baseline = folder.scan_of(&["known.yaml"]).run().exits(1).stdout();
        Self(folder.and("baseline.json", baseline).and(FILE, HOSTILE))
    }

    /// The result in some form.
    pub fn written(&self, form: &str) -> Vec<u8> {
        self.run(form).stdout()
    }

    /// The findings and the inputs that could not be read, as the JSON result has them.
    pub fn report(&self) -> Value {
        serde_json::from_slice(&self.written("json")).expect("the JSON form is JSON")
    }

    fn run(&self, form: &str) -> Run {
        let scan = ["scan", "--baseline", "baseline.json", "--today", "2026-06-01", "--output"];
        self.0.ringfence(&scan).args(&[form, FILE]).run().exits(3)
    }
}

impl Default for Sample {
    fn default() -> Self {
        Self::new()
    }
}

/// How many findings of a report are open, accepted and known.
pub fn states(report: &Value) -> [usize; 3] {
    let findings = report["findings"].as_array().expect("a report has findings");
    let accepted = findings.iter().filter(|it| !it["exception"].is_null()).count();
    let known = findings.iter().filter(|it| it["exception"].is_null() && it["known"] == true);
    let known = known.count();
    [findings.len() - accepted - known, accepted, known]
}
