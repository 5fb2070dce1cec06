//! Values of arguments.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;
use collect::revision::{InvalidRevision, Revision};
use finding::Severity;

/// A page or a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PlainForm {
    /// A page for a person
    Text,
    /// A document for programs
    Json,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Where it stands what was there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Baseline {
    /// In an earlier JSON result.
    File(PathBuf),
    /// In a commit.
    Git(Revision),
}

impl FromStr for Baseline {
    type Err = InvalidRevision;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.strip_prefix("git:") {
            Some(revision) => revision.parse().map(Self::Git),
            None => Ok(Self::File(text.into())),
        }
    }
}

/// From which severity on findings fail a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Threshold {
    /// Only critical ones
    Critical,
    /// High ones and worse
    High,
    /// Medium ones and worse
    Medium,
    /// Any
    Low,
    /// None
    Never,
}

impl Threshold {
    /// The severity, if there is a threshold at all.
    pub(crate) fn severity(self) -> Option<Severity> {
        match self {
            Threshold::Critical => Some(Severity::Critical),
            Threshold::High => Some(Severity::High),
            Threshold::Medium => Some(Severity::Medium),
            Threshold::Low => Some(Severity::Low),
            Threshold::Never => None,
        }
    }
}
