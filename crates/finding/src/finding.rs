//! One finding, with its evidence.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use model::{Live, ObjectId, Place, Rendering, Shows};
use sha2::{Digest, Sha256};
use smallvec::SmallVec;

use crate::severity::{Confidence, Fix, Severity};
use crate::source::Source;

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
    pub object: Arc<ObjectId>,
    /// The field, from the object's root; list items by name. Empty for the object as a whole.
    pub path: Arc<str>,
    /// Where the field stands; several places where the same object was given several times, none
    /// where it is known only from what refers to it.
    pub locations: SmallVec<[Location; 1]>,
    /// The object as its cluster knows it, where it came from one.
    pub live: Option<Arc<Live>>,
    /// What is wrong here, in one sentence. Never the value of a secret.
    pub message: Arc<str>,
    /// How to mend it.
    pub fix: Fix,
    /// Who accepted it, if somebody did.
    pub accepted: Option<Arc<Accepted>>,
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
    /// What the object was rendered from, where it was.
    pub rendered: Option<RenderedFrom>,
}

/// What an object was rendered from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RenderedFrom {
    /// The chart or kustomization, and the variant.
    pub rendering: Arc<Rendering>,
    /// Whether the field itself was written at the location. If not, the location is what is certain:
    /// a field around it, or the file.
    pub is_traced: bool,
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
    /// Who wrote the exception.
    pub source: Source,
}

/// Whether a finding still asks for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// It counts against a threshold.
    Open,
    /// A person bears the risk.
    Accepted,
    /// The baseline knew it.
    Known,
}

/// What stays the same about a finding when lines move. Written as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 16]);

/// Text that is no fingerprint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no fingerprint of 32 hexadecimal digits")]
pub struct InvalidFingerprint(String);

impl Finding {
    /// Takes a place as the evidence, its field and its location.
    pub fn at(place: &Place<'_>, check: &'static str, message: impl Into<String>) -> Self {
        Self {
            check: Cow::Borrowed(check),
            severity: Severity::Low,
            confidence: Confidence::Config,
            object: place.object().shared_id(),
            path: place.path().into(),
            locations: Location::of(place).into_iter().collect(),
            live: place.object().origin().live(),
            message: message.into().into(),
            fix: Fix::Manual(""),
            accepted: None,
            known: false,
        }
    }

    /// The first place it stands at.
    pub fn location(&self) -> Option<&Location> {
        self.locations.first()
    }

    /// The name of the container that the field stands in, if it stands in one.
    pub fn container(&self) -> Option<&str> {
        let lists = ["containers[", "initContainers[", "ephemeralContainers["];
        let inside = |list: &&str| {
            let (before, rest) = self.path.split_once(*list)?;
            (before.is_empty() || before.ends_with('.')).then_some(rest)
        };
        Some(lists.iter().find_map(inside)?.split(']').next().unwrap_or_default())
    }

    /// The hash of the check, the object without its API version, and the field.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.identity())
    }

    /// Whether another finding says the same about the same field of the same object, whatever the
    /// API version: then their fingerprints are equal.
    pub fn is_same(&self, other: &Self) -> bool {
        self.identity() == other.identity()
    }

    fn identity(&self) -> [&str; 6] {
        let [group, kind, namespace, name] = self.object.identity();
        [&self.check, group, kind, namespace, name, &self.path]
    }

    /// Whether it counts against a threshold: nobody accepted it and no baseline knew it.
    pub fn is_open(&self) -> bool {
        self.state() == State::Open
    }

    /// Whether it still asks for something. What is both accepted and known is accepted.
    pub fn state(&self) -> State {
        match (&self.accepted, self.known) {
            (Some(_), _) => State::Accepted,
            (None, true) => State::Known,
            (None, false) => State::Open,
        }
    }

    /// What it weighs among others, in thousandths of a proven critical one.
    pub fn weight(&self) -> u32 {
        self.severity.weight() * self.confidence.weight() / 1000
    }
}

impl Fingerprint {
    /// The hash of all that tells a thing from others, a line each.
    pub fn of(identity: &[&str]) -> Self {
        let digest = Sha256::digest(identity.join("\n").as_bytes());
        let mut half = [0; 16];
        half.iter_mut().zip(digest).for_each(|(byte, hashed)| *byte = hashed);
        Self(half)
    }
}

impl State {
    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Accepted => "accepted",
            State::Known => "known",
        }
    }
}

impl Location {
    /// The location of a place that came from a file.
    pub fn of(place: &Place<'_>) -> Option<Self> {
        let spot = place.spot()?;
        let rendered = place.object().origin().rendered().map(|it| RenderedFrom {
            rendering: Arc::clone(&it.rendering),
            is_traced: spot.shows != Shows::Around,
        });
        Some(Self { file: spot.file, line: spot.at.line, column: spot.at.column, rendered })
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Fingerprint {
    type Err = InvalidFingerprint;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = u128::from_str_radix(text, 16).ok();
        let whole = number.filter(|_| text.len() == 32 && !text.starts_with('+'));
        let bytes = whole.map(|number| Fingerprint(number.to_be_bytes()));
        bytes.ok_or_else(|| InvalidFingerprint(text.to_owned()))
    }
}
