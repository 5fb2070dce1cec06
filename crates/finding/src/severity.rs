//! How bad a finding is, how sure, and how it is mended.

use std::fmt;
use std::str::FromStr;

/// How bad it is. Ordered: [`Severity::Critical`] is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Hygiene: worth doing, seldom urgent.
    Low,
    /// Helps an attacker who is already inside.
    Medium,
    /// One step from a serious loss.
    High,
    /// A way to the node or the whole cluster.
    Critical,
}

/// How sure it is. Ordered: [`Confidence::Proven`] is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// A sign that is often right.
    Heuristic,
    /// The configuration says so.
    Config,
    /// Shown by a proof over the whole input.
    Proven,
}

/// How a finding is mended: the order to a person, and how far a machine may follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fix {
    /// An edit that cannot change what a working program does.
    Safe(&'static str),
    /// An edit that a person must look at.
    Review(&'static str),
    /// Something only a person can decide.
    Manual(&'static str),
}

impl Severity {
    /// All of them, the worst first.
    pub const ALL: [Severity; 4] =
        [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];

    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            Severity::Critical => "critical",
            Severity::High => "high",
            Severity::Medium => "medium",
            Severity::Low => "low",
        }
    }

    /// What a finding weighs when it is compared with others, in thousandths of a critical one.
    pub fn weight(self) -> u32 {
        match self {
            Severity::Critical => 1000,
            Severity::High => 750,
            Severity::Medium => 500,
            Severity::Low => 250,
        }
    }
}

impl Confidence {
    /// The word for it.
    pub fn id(self) -> &'static str {
        match self {
            Confidence::Heuristic => "heuristic",
            Confidence::Config => "config",
            Confidence::Proven => "proven",
        }
    }

    /// How much of its weight a finding keeps, in thousandths.
    pub fn weight(self) -> u32 {
        match self {
            Confidence::Heuristic => 600,
            Confidence::Config => 900,
            Confidence::Proven => 1000,
        }
    }
}

impl Fix {
    /// The word for how far a machine may follow it.
    pub fn id(self) -> &'static str {
        match self {
            Fix::Safe(_) => "safe",
            Fix::Review(_) => "review",
            Fix::Manual(_) => "manual",
        }
    }

    /// What to do, as an order.
    pub fn order(self) -> &'static str {
        match self {
            Fix::Safe(order) | Fix::Review(order) | Fix::Manual(order) => order,
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// A word that names no severity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no severity; use critical, high, medium or low")]
pub struct UnknownSeverity(String);

impl FromStr for Severity {
    type Err = UnknownSeverity;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = |severity: &Severity| severity.id() == text;
        Self::ALL.into_iter().find(named).ok_or_else(|| UnknownSeverity(text.to_owned()))
    }
}
