//! The result of a scan of a cluster, as tests ask for it.

use serde_json::Value;

use crate::run::Run;
use crate::watched::CHECK;

/// The result of a scan of a cluster.
pub struct Seen {
    /// The run.
    pub run: Run,
    /// What it printed.
    pub json: Value,
}

impl Seen {
    /// What a run printed.
    pub fn of(run: Run) -> Self {
        let json = serde_json::from_slice(&run.stdout());
        let json = json.unwrap_or_else(|error| panic!("no report: {error}: {}", run.stderr()));
        Self { run, json }
    }

    /// The objects with a finding of the [`CHECK`] that tests count, such as `Pod shop/web`.
    pub fn found(&self) -> Vec<String> {
        let findings = self.json["findings"].as_array().into_iter().flatten();
        let counted = findings.filter(|it| it["check"] == CHECK);
        counted.map(|it| called(&it["object"])).collect()
    }

    /// What limits the verdicts.
    pub fn gaps(&self) -> Vec<&str> {
        let gaps = self.json["coverage"]["gaps"].as_array().into_iter().flatten();
        gaps.filter_map(Value::as_str).collect()
    }

    /// Whether one of the limits holds all of these words.
    pub fn has_gap(&self, words: &[&str]) -> bool {
        self.gaps().iter().any(|gap| words.iter().all(|word| gap.contains(word)))
    }

    /// How many objects came.
    pub fn objects(&self) -> u64 {
        self.json["inputs"]["objects"].as_u64().unwrap_or_default()
    }

    /// The account of the only cluster.
    pub fn cluster(&self) -> &Value {
        &self.json["inputs"]["clusters"][0]
    }

    /// Asserts the exit code.
    #[must_use]
    pub fn exits(self, code: i32) -> Self {
        let said = self.run.stderr();
        assert_eq!(self.run.code(), Some(code), "{said}{:?}", self.gaps());
        self
    }
}

fn called(object: &Value) -> String {
    let text = |key: &str| object[key].as_str().unwrap_or_default();
    match text("namespace") {
        "" => format!("{} {}", text("kind"), text("name")),
        namespace => format!("{} {namespace}/{}", text("kind"), text("name")),
    }
}
