//! The JSON result, as far as tests ask for it.

use serde::Deserialize;

use crate::watched::CHECK;

/// A report of `ringfence scan --output json`.
#[derive(Debug, Deserialize)]
pub struct Report {
    /// The account of the reading.
    pub inputs: Inputs,
    /// What was judged.
    pub coverage: Coverage,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// The account of the reading.
#[derive(Debug, Deserialize)]
pub struct Inputs {
    /// Files read.
    pub files: usize,
    /// Documents that are not empty.
    pub documents: usize,
    /// Objects in them.
    pub objects: usize,
    /// What could not be read.
    pub unreadable: Vec<Unreadable>,
    /// What is no object.
    pub skipped: Vec<Skipped>,
}

/// Something that could not be read.
#[derive(Debug, Deserialize)]
pub struct Unreadable {
    /// Its file.
    pub path: String,
    /// Its line.
    pub line: Option<u32>,
    /// Why.
    pub reason: String,
}

/// What is no object, for one reason.
#[derive(Debug, Deserialize)]
pub struct Skipped {
    /// Why.
    pub reason: String,
    /// How many documents.
    pub documents: usize,
}

/// What was judged.
#[derive(Debug, Deserialize)]
pub struct Coverage {
    /// Objects that some check reads.
    pub judged: usize,
    /// What limits the verdicts.
    pub gaps: Vec<String>,
}

/// A finding.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// The check.
    pub check: String,
    /// The object.
    pub object: Object,
    /// The field.
    pub path: String,
    /// Where it stands.
    pub location: Option<Place>,
    /// Where it stands too, as the same object was given again.
    #[serde(default)]
    pub also_at: Vec<Place>,
}

/// An object.
#[derive(Debug, Deserialize)]
pub struct Object {
    /// Its kind.
    pub kind: String,
    /// Its namespace, if it lives in one.
    pub namespace: Option<String>,
    /// Its name.
    pub name: String,
}

/// A place in a file.
#[derive(Debug, Deserialize)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line.
    pub line: u32,
    /// What it was rendered from.
    pub rendered: Option<Rendered>,
}

/// A chart or kustomization.
#[derive(Debug, Deserialize)]
pub struct Rendered {
    /// Its folder.
    pub from: String,
    /// The variant.
    pub variant: Option<String>,
    /// Whether the field itself stands at the place.
    pub traced: bool,
}

impl Report {
    /// Where the findings of the [`CHECK`] that tests count stand.
    pub fn found(&self) -> Vec<(&str, u32)> {
        let counted = self.findings.iter().filter(|it| it.check == CHECK);
        let places = counted.flat_map(|it| it.location.iter().chain(&it.also_at));
        let mut places: Vec<_> = places.map(|it| (it.file.as_str(), it.line)).collect();
        places.sort_unstable();
        places
    }

    /// What could not be read: file and line.
    pub fn unreadable(&self) -> Vec<(&str, Option<u32>)> {
        self.inputs.unreadable.iter().map(|it| (it.path.as_str(), it.line)).collect()
    }

    /// The reason of the only thing that could not be read.
    pub fn reason(&self) -> &str {
        match self.inputs.unreadable.as_slice() {
            [only] => &only.reason,
            others => panic!("not one thing could not be read: {others:?}"),
        }
    }

    /// How many documents were passed over for a reason.
    pub fn skipped(&self, reason: &str) -> usize {
        let skipped = self.inputs.skipped.iter().filter(|it| it.reason == reason);
        skipped.map(|it| it.documents).sum()
    }
}
