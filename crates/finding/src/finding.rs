//! One finding, with its evidence.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use model::{ObjectId, Place};
use sha2::{Digest, Sha256};

use crate::severity::{Confidence, Fix, Severity};

/// Something that a check found, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The id of the check.
    pub check: Cow<'static, str>,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// The object it is about.
    pub object: ObjectId,
    /// The field, from the object's root; list items by name. Empty for the object as a whole.
    pub path: String,
    /// Where the field stands; several places where the same object was given several times, none
    /// where it is known only from what refers to it.
    pub locations: Vec<Location>,
    /// What is wrong here, in one sentence. Never the value of a secret.
    pub message: String,
    /// How to mend it.
    pub fix: Fix,
    /// Who accepted it, if somebody did.
    pub accepted: Option<Accepted>,
    /// Whether the baseline knew it.
    pub known: bool,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The file, as the user would write it.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

/// The exception that a finding fell under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Why the risk is borne.
    pub reason: String,
    /// Who bears it.
    pub owner: String,
    /// The last day on which it is borne.
    pub expires: Option<Date>,
}

/// What stays the same about a finding when lines move: sixteen bytes in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub String);

impl Finding {
    /// Takes a place as the evidence, its field and its location.
    pub fn at(place: &Place<'_>, check: &'static str, message: impl Into<String>) -> Self {
        let object = place.object();
        Self {
            check: Cow::Borrowed(check),
            severity: Severity::Low,
            confidence: Confidence::Config,
            object: object.id().clone(),
            path: place.path(),
            locations: Location::of(place).into_iter().collect(),
            message: message.into(),
            fix: Fix::Manual(""),
            accepted: None,
            known: false,
        }
    }

    /// The first place it stands at.
    pub fn location(&self) -> Option<&Location> {
        self.locations.first()
    }

    /// The hash of the check, the object without its API version, and the field.
    pub fn fingerprint(&self) -> Fingerprint {
        let id = &self.object;
        let parts = [
            &self.check,
            id.group(),
            &id.kind,
            id.namespace.as_deref().unwrap_or_default(),
            &id.name,
            &self.path,
        ];
        let digest = Sha256::digest(parts.join("\n").as_bytes());
        let (half, _) = digest.split_at(16);
        Fingerprint(half.iter().fold(String::with_capacity(32), |mut hex, byte| {
            hex.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or_default());
            hex.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or_default());
            hex
        }))
    }

    /// Whether it counts against a threshold: nobody accepted it and no baseline knew it.
    pub fn is_open(&self) -> bool {
        self.accepted.is_none() && !self.known
    }

    /// What it weighs among others, in thousandths of a proven critical one.
    pub fn weight(&self) -> u32 {
        self.severity.weight() * self.confidence.weight() / 1000
    }
}

impl Location {
    /// The location of a place that came from a file.
    pub fn of(place: &Place<'_>) -> Option<Self> {
        let file = place.object().origin().file()?;
        let position = place.position();
        Some(Self { file: Arc::from(file), line: position.line, column: position.column })
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
