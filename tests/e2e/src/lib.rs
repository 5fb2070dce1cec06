//! The binary from outside: what it prints, how it ends, what it costs.
//!
//! ```text
//! Folder (hostile files) ─▶ Ringfence (command line) ─▶ Run (exit code, output, memory, time) ─▶ Report
//! ```
//!
//! | room | holds |
//! | --- | --- |
//! | [`api_server`] | an API server on this machine, sound or broken in a chosen way |
//! | [`binary`] | the program under test, built once from the code as it is |
//! | [`editor`] | an editor that speaks the Language Server Protocol with it |
//! | [`folder`] | a temporary folder and ways to fill it |
//! | [`ringfence`] | one command line |
//! | [`run`] | how it ended, measured from outside and held to the promise of every run |
//! | [`transcript`] | what a document shows of a console, held against what is printed |
//! | [`watched`] | a sound object with a finding, to stand beside what is broken |
//! | [`report`] | the JSON result, as far as tests ask for it |
#![allow(
    clippy::disallowed_methods,
    reason = "tests of the whole program write files, start it and watch the clock"
)]

pub mod api_server;
pub mod binary;
pub mod editor;
pub mod folder;
pub mod report;
pub mod ringfence;
pub mod run;
pub mod transcript;
pub mod watched;

pub use editor::Editor;
pub use folder::Folder;
pub use report::Report;
pub use ringfence::Ringfence;
pub use run::Run;
pub use transcript::Transcript;
pub use watched::{CHECK, PRIVILEGED_LINE, PRIVILEGED_POD};
