//! Exit codes. Where several hold, the gravest wins: 5 over 4 over 2 over 3 over 1 over 0.

use std::fmt;
use std::process::ExitCode;

/// How a run ended. Ordered by gravity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Nothing at or above the threshold.
    Clean,
    /// Findings at or above the threshold.
    Findings,
    /// Something could not be read or seen.
    Unseen,
    /// Wrong usage or configuration.
    Usage,
    /// Nothing could be reached at all.
    Unreachable,
    /// A fault of our own.
    Fault,
}

/// Why a run ended early: an exit code and the chain of causes.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) cause: anyhow::Error,
}

impl Exit {
    /// The number that the shell sees.
    pub(crate) fn code(self) -> u8 {
        match self {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Usage => 2,
            Exit::Unseen => 3,
            Exit::Unreachable => 4,
            Exit::Fault => 5,
        }
    }
}

impl Failure {
    /// Wrong usage or configuration.
    pub(crate) fn usage(cause: impl Into<anyhow::Error>) -> Self {
        Self { exit: Exit::Usage, cause: cause.into() }
    }

    /// A result that could not be written, or another fault of our own.
    pub(crate) fn fault(cause: impl Into<anyhow::Error>) -> Self {
        Self { exit: Exit::Fault, cause: cause.into() }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.code())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.cause)
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn the_gravest_wins() {
        let by_gravity = [
            Exit::Clean,
            Exit::Findings,
            Exit::Unseen,
            Exit::Usage,
            Exit::Unreachable,
            Exit::Fault,
        ];
        assert!(by_gravity.is_sorted());
        assert_eq!(by_gravity.map(Exit::code), [0, 1, 3, 2, 4, 5]);
    }
}
