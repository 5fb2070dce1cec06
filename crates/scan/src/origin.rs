//! Where a setting comes from.

use std::fmt;

use finding::Location;

/// Where a setting comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// Nobody set it.
    #[default]
    Default,
    /// A line of `ringfence.yaml`.
    File(Location),
    /// An option of the command line.
    Flag(&'static str),
    /// A policy, by its name and serial.
    Policy(String),
}

impl Origin {
    /// The word for its kind.
    pub fn id(&self) -> &'static str {
        match self {
            Origin::Default => "default",
            Origin::File(_) => "file",
            Origin::Flag(_) => "flag",
            Origin::Policy(_) => "policy",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::File(location) => write!(f, "{location}"),
            Origin::Flag(flag) => f.write_str(flag),
            Origin::Policy(name) => write!(f, "policy {name}"),
        }
    }
}
