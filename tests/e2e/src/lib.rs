//! The binary from outside: what it prints, how it ends, what it costs.
//!
//! ```text
//! Folder (hostile files) ─▶ Ringfence (command line) ─▶ Run (exit code, output, memory, time) ─▶ Report
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`binary`] | the program under test, built once from the code as it is |
//! | [`folder`] | a temporary folder and ways to fill it |
//! | [`ringfence`] | one command line |
//! | [`run`] | how it ended, measured from outside and held to the promise of every run |
//! | [`report`] | the JSON result, as far as tests ask for it |
#![allow(
    clippy::disallowed_methods,
    reason = "tests of the whole program write files, start it and watch the clock"
)]

pub mod binary;
pub mod folder;
pub mod report;
pub mod ringfence;
pub mod run;

pub use folder::Folder;
pub use report::Report;
pub use ringfence::Ringfence;
pub use run::Run;

/// A sound object with one finding, on its [`PRIVILEGED_LINE`]: what must still be judged beside
/// whatever is broken.
pub const PRIVILEGED_POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: watched}
spec:
  containers:
    - name: main
      securityContext:
        privileged: true
";

/// The line of the finding in a [`PRIVILEGED_POD`].
pub const PRIVILEGED_LINE: u32 = 8;

/// The check whose findings tests count, so that a new check changes no old expectation.
pub const CHECK: &str = "privileged-container";
